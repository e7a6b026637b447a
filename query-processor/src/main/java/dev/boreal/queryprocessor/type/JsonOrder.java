package dev.boreal.queryprocessor.type;

/** Order, containment and key form of jsonb. */
final class JsonOrder {
    private static final int EMPTY_ARRAY_AT_TOP = 0;

    private JsonOrder() {}

    static boolean contains(Jsonb whole, Jsonb part) {
        return switch (part) {
            case Jsonb.JsonObject partObject ->
                whole instanceof Jsonb.JsonObject object && containsEntries(object, partObject);
            case Jsonb.JsonArray partArray ->
                whole instanceof Jsonb.JsonArray array && containsElements(array, partArray);
            default -> whole.equals(part);
        };
    }

    private static boolean containsEntries(Jsonb.JsonObject whole, Jsonb.JsonObject part) {
        for (int i = 0; i < part.keys().size(); i++) {
            Jsonb value = whole.get(part.keys().get(i));
            if (value == null || !contains(value, part.values().get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean containsElements(Jsonb.JsonArray whole, Jsonb.JsonArray part) {
        for (Jsonb wanted : part.elements()) {
            boolean found = false;
            for (Jsonb element : whole.elements()) {
                if (contains(element, wanted)) {
                    found = true;
                    break;
                }
            }
            if (!found) {
                return false;
            }
        }
        return true;
    }

    /** Null, strings, numbers, booleans, arrays, objects, in this order; an empty array alone stands below all of them. */
    private static int rank(Jsonb value) {
        return switch (value) {
            case Jsonb.JsonNull ignored -> 1;
            case Jsonb.JsonString ignored -> 2;
            case Jsonb.JsonNumber ignored -> 3;
            case Jsonb.JsonBoolean ignored -> 4;
            case Jsonb.JsonArray ignored -> 5;
            case Jsonb.JsonObject ignored -> 6;
        };
    }

    private static int rankAtTop(Jsonb value) {
        return value instanceof Jsonb.JsonArray array && array.elements().isEmpty() ? EMPTY_ARRAY_AT_TOP : rank(value);
    }

    static int compare(Jsonb a, Jsonb b) {
        int order = Integer.compare(rankAtTop(a), rankAtTop(b));
        return order != 0 ? order : compareNested(a, b);
    }

    private static int compareNested(Jsonb a, Jsonb b) {
        int order = Integer.compare(rank(a), rank(b));
        if (order != 0) {
            return order;
        }
        return switch (a) {
            case Jsonb.JsonNull ignored -> 0;
            case Jsonb.JsonString text -> Utf8.compare(text.value(), ((Jsonb.JsonString) b).value());
            case Jsonb.JsonNumber number -> number.value().compareTo(((Jsonb.JsonNumber) b).value());
            case Jsonb.JsonBoolean bool -> Boolean.compare(bool.value(), ((Jsonb.JsonBoolean) b).value());
            case Jsonb.JsonArray array -> compareArrays(array, (Jsonb.JsonArray) b);
            case Jsonb.JsonObject object -> compareObjects(object, (Jsonb.JsonObject) b);
        };
    }

    private static int compareArrays(Jsonb.JsonArray a, Jsonb.JsonArray b) {
        int order = Integer.compare(a.elements().size(), b.elements().size());
        for (int i = 0; order == 0 && i < a.elements().size(); i++) {
            order = compareNested(a.elements().get(i), b.elements().get(i));
        }
        return order;
    }

    private static int compareObjects(Jsonb.JsonObject a, Jsonb.JsonObject b) {
        int order = Integer.compare(a.keys().size(), b.keys().size());
        for (int i = 0; order == 0 && i < a.keys().size(); i++) {
            order = Utf8.compare(a.keys().get(i), b.keys().get(i));
            if (order == 0) {
                order = compareNested(a.values().get(i), b.values().get(i));
            }
        }
        return order;
    }

    static void encodeKey(Jsonb value, ByteWriter out) {
        int rank = rankAtTop(value);
        if (rank == EMPTY_ARRAY_AT_TOP) {
            out.writeByte(rank);
        } else {
            encodeNested(value, out);
        }
    }

    private static void encodeNested(Jsonb value, ByteWriter out) {
        out.writeByte(rank(value));
        switch (value) {
            case Jsonb.JsonNull ignored -> {}
            case Jsonb.JsonString text -> encodeText(text.value(), out);
            case Jsonb.JsonNumber number -> NumericKey.write(number.value(), out);
            case Jsonb.JsonBoolean bool -> out.writeByte(bool.value() ? 1 : 0);
            case Jsonb.JsonArray array -> {
                out.writeInt(array.elements().size());
                for (Jsonb element : array.elements()) {
                    encodeNested(element, out);
                }
            }
            case Jsonb.JsonObject object -> {
                out.writeInt(object.keys().size());
                for (int i = 0; i < object.keys().size(); i++) {
                    encodeText(object.keys().get(i), out);
                    encodeNested(object.values().get(i), out);
                }
            }
        }
    }

    private static void encodeText(String text, ByteWriter out) {
        Utf8.write(text, out);
        out.writeByte(0);
    }
}
