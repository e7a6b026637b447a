package dev.boreal.queryprocessor.type;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import java.util.List;

/** The character types with a length: varchar(n), and bpchar(n), which is padded with blanks that do not count. */
final class CharacterType extends StringType {
    /** What precedes the length in a type modifier. */
    private static final int HEADER = 4;

    private static final int MAX_LENGTH = 10_485_760;

    private final boolean padded;

    CharacterType(int oid, String name, String sqlName, int arrayOid, boolean padded) {
        super(oid, name, sqlName, -1, 'S', false, arrayOid, true);
        this.padded = padded;
    }

    @Override
    public String formatName(int typeModifier) {
        return typeModifier < HEADER ? sqlName() : sqlName() + "(" + (typeModifier - HEADER) + ")";
    }

    @Override
    public int typeModifierOf(List<Integer> arguments) {
        String written = padded ? "char" : "varchar";
        if (arguments.size() != 1) {
            throw new SqlException(SqlState.INVALID_PARAMETER_VALUE, "invalid type modifier");
        }
        int length = arguments.get(0);
        if (length < 1) {
            throw new SqlException(
                    SqlState.INVALID_PARAMETER_VALUE, "length for type " + written + " must be at least 1");
        }
        if (length > MAX_LENGTH) {
            throw new SqlException(
                    SqlState.INVALID_PARAMETER_VALUE, "length for type " + written + " cannot exceed " + MAX_LENGTH);
        }
        return length + HEADER;
    }

    @Override
    public Object applyModifier(Object value, int typeModifier, boolean explicit) {
        if (typeModifier < HEADER) {
            return value;
        }
        int limit = typeModifier - HEADER;
        String text = (String) value;
        // A UTF-16 length within the limit settles it without counting characters, unless blanks must be added.
        if (!padded && text.length() <= limit) {
            return value;
        }
        int characters = Utf8.characters(text);
        if (characters <= limit) {
            return padded && characters < limit ? text + " ".repeat(limit - characters) : value;
        }
        int end = text.offsetByCodePoints(0, limit);
        if (!explicit) {
            for (int i = end; i < text.length(); i++) {
                if (text.charAt(i) != ' ') {
                    throw new SqlException(
                            SqlState.STRING_DATA_RIGHT_TRUNCATION,
                            "value too long for type " + formatName(typeModifier));
                }
            }
        }
        return text.substring(0, end);
    }

    @Override
    public boolean fieldOrdered() {
        return !padded;
    }

    @Override
    public boolean fieldIdentifies() {
        return !padded;
    }

    @Override
    public void encodeKey(Object value, ByteWriter out) {
        super.encodeKey(padded ? withoutPadding((String) value) : value, out);
    }

    @Override
    public int compare(Object a, Object b) {
        return padded
                ? Utf8.compare(withoutPadding((String) a), withoutPadding((String) b))
                : Utf8.compare((String) a, (String) b);
    }

    @Override
    public int hash(Object value) {
        return super.hash(padded ? withoutPadding((String) value) : value);
    }

    @Override
    public boolean equal(Object a, Object b) {
        return padded ? withoutPadding((String) a).equals(withoutPadding((String) b)) : a.equals(b);
    }

    /** The text without the blanks at its end: what a bpchar is worth in comparisons and in casts to text. */
    static String withoutPadding(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        return end == text.length() ? text : text.substring(0, end);
    }
}
