package dev.boreal.queryprocessor.type;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A value of type jsonb. Immutable. Numbers keep their digits, objects the last value of each key in jsonb's own key order:
 * shorter keys first, then by bytes. {@code toString} prints as PostgreSQL does.
 */
public sealed interface Jsonb {
    /** The JSON null, which is not SQL's NULL. */
    record JsonNull() implements Jsonb {
        @Override
        public String toString() {
            return "null";
        }
    }

    /** true or false. */
    record JsonBoolean(boolean value) implements Jsonb {
        @Override
        public String toString() {
            return value ? "true" : "false";
        }
    }

    /** A finite number. */
    record JsonNumber(Numeric value) implements Jsonb {
        @Override
        public String toString() {
            return value.toString();
        }
    }

    /** A string, without quotes and escapes. */
    record JsonString(String value) implements Jsonb {
        @Override
        public String toString() {
            StringBuilder out = new StringBuilder(value.length() + 2);
            JsonText.appendQuoted(value, out);
            return out.toString();
        }
    }

    /** An array. */
    record JsonArray(List<Jsonb> elements) implements Jsonb {
        public JsonArray {
            elements = List.copyOf(elements);
        }

        @Override
        public String toString() {
            return JsonText.format(this);
        }
    }

    /** An object: {@code keys} in their order, and the value of each. {@link Jsonb#object} sorts. */
    record JsonObject(List<String> keys, List<Jsonb> values) implements Jsonb {
        public JsonObject {
            keys = List.copyOf(keys);
            values = List.copyOf(values);
            if (keys.size() != values.size()) {
                throw new IllegalArgumentException(keys.size() + " keys, " + values.size() + " values");
            }
        }

        /** The value of a key; null if it is missing. */
        public @Nullable Jsonb get(String key) {
            int low = 0;
            int high = keys.size() - 1;
            while (low <= high) {
                int middle = (low + high) >>> 1;
                int order = compareKeys(keys.get(middle), key);
                if (order == 0) {
                    return values.get(middle);
                }
                if (order < 0) {
                    low = middle + 1;
                } else {
                    high = middle - 1;
                }
            }
            return null;
        }

        /** The entries, in a map that may be changed and given to {@link Jsonb#object}. */
        public Map<String, Jsonb> toMap() {
            Map<String, Jsonb> map = new TreeMap<>(Jsonb::compareKeys);
            for (int i = 0; i < keys.size(); i++) {
                map.put(keys.get(i), values.get(i));
            }
            return map;
        }

        @Override
        public String toString() {
            return JsonText.format(this);
        }
    }

    /** As the input function: 22P02 with PostgreSQL's detail. */
    static Jsonb parse(String text) {
        return new JsonReader(text, true).readDocument();
    }

    /** The JSON null. */
    static Jsonb ofNull() {
        return JsonConstants.NULL;
    }

    static Jsonb of(boolean value) {
        return value ? JsonConstants.TRUE : JsonConstants.FALSE;
    }

    static Jsonb of(String value) {
        return new JsonString(value);
    }

    static Jsonb of(Numeric value) {
        return new JsonNumber(value);
    }

    static Jsonb array(List<Jsonb> elements) {
        return elements.isEmpty() ? JsonConstants.EMPTY_ARRAY : new JsonArray(elements);
    }

    static Jsonb object(Map<String, Jsonb> entries) {
        String[] keys = entries.keySet().toArray(new String[0]);
        Arrays.sort(keys, Jsonb::compareKeys);
        List<Jsonb> values = new ArrayList<>(keys.length);
        for (String key : keys) {
            values.add(java.util.Objects.requireNonNull(entries.get(key)));
        }
        return new JsonObject(List.of(keys), values);
    }

    /** The order of keys within an object: shorter first, counted in bytes, then by bytes. */
    static int compareKeys(String a, String b) {
        int order = Integer.compare(byteLength(a), byteLength(b));
        return order != 0 ? order : Utf8.compare(a, b);
    }

    private static int byteLength(String text) {
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // Each half of a surrogate pair counts two of the pair's four bytes.
            length += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return length;
    }

    /** As jsonb_typeof. */
    default String typeName() {
        return switch (this) {
            case JsonNull ignored -> "null";
            case JsonBoolean ignored -> "boolean";
            case JsonNumber ignored -> "number";
            case JsonString ignored -> "string";
            case JsonArray ignored -> "array";
            case JsonObject ignored -> "object";
        };
    }

    /** As the operator {@code @>}. An array contains a scalar that is among its elements, at the top only. */
    default boolean contains(Jsonb other) {
        if (this instanceof JsonArray array && !(other instanceof JsonArray) && !(other instanceof JsonObject)) {
            return array.elements().contains(other);
        }
        return JsonOrder.contains(this, other);
    }
}
