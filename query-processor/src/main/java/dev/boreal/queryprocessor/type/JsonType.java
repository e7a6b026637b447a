package dev.boreal.queryprocessor.type;

/** json: text that has been checked, kept as it was written. It has no order and no equality. */
final class JsonType extends StringType {
    JsonType() {
        super(114, "json", "json", -1, 'U', false, 199, false);
    }

    @Override
    public Object parse(String text, TypeContext context) {
        new JsonReader(text, false).readDocument();
        return text;
    }
}
