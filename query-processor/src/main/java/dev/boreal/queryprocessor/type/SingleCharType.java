package dev.boreal.queryprocessor.type;

/** "char", with the quotes: one byte, which the system catalogs use as an enumeration. The zero byte is the empty text. */
final class SingleCharType extends StringType {
    SingleCharType() {
        super(18, "char", "\"char\"", 1, 'Z', false, 1002, true);
    }

    @Override
    public Object parse(String text, TypeContext context) {
        return text.length() <= 1 ? text : text.substring(0, 1);
    }
}
