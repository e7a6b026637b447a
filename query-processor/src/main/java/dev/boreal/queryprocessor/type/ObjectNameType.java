package dev.boreal.queryprocessor.type;

import dev.boreal.contracts.door.FieldSink;
import org.jspecify.annotations.Nullable;

/** An oid that reads and prints as the name of what it stands for: regclass and its kin. */
final class ObjectNameType extends UnsignedIntegerType {
    private final ObjectNames.Kind kind;

    ObjectNameType(int oid, String name, int arrayOid, ObjectNames.Kind kind) {
        super(oid, name, 'N', false, arrayOid, true);
        this.kind = kind;
    }

    @Override
    public Object parse(String text, TypeContext context) {
        if (text.equals("-")) {
            return 0;
        }
        if (isNumber(text)) {
            return TypeRegistry.OID.parse(text, context);
        }
        return context.names().oidOf(kind, text);
    }

    private static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    @Override
    public String format(Object value, TypeContext context) {
        int oid = (Integer) value;
        if (oid == 0) {
            return kind == ObjectNames.Kind.OPERATOR ? "0" : "-";
        }
        @Nullable String objectName = context.names().nameOf(kind, oid);
        return objectName == null ? Integer.toUnsignedString(oid) : objectName;
    }

    @Override
    public void writeText(Object value, FieldSink sink, TypeContext context) {
        sink.textField(format(value, context));
    }
}
