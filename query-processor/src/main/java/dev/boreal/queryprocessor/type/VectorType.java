package dev.boreal.queryprocessor.type;

import dev.boreal.contracts.sql.SqlException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** int2vector and oidvector: arrays of the system catalogs that count from zero and read and print without braces. */
final class VectorType extends ArrayType {
    VectorType(int oid, String name, SqlType element, int arrayOid) {
        super(oid, name, element, arrayOid);
    }

    /** A vector of the given elements. */
    static SqlArray of(int elementOid, @Nullable Object... elements) {
        return new SqlArray(elementOid, new int[] {elements.length}, new int[] {0}, elements);
    }

    @Override
    public String formatName(int typeModifier) {
        return name();
    }

    @Override
    public int typeModifierOf(List<Integer> arguments) {
        throw new SqlException(
                dev.boreal.contracts.sql.SqlState.SYNTAX_ERROR,
                "type modifier is not allowed for type \"" + name() + "\"");
    }

    @Override
    public Object parse(String text, TypeContext context) {
        List<Object> elements = new ArrayList<>();
        int at = 0;
        while (true) {
            while (at < text.length() && Whitespace.is(text.charAt(at))) {
                at++;
            }
            int start = at;
            while (at < text.length() && !Whitespace.is(text.charAt(at))) {
                at++;
            }
            if (start == at) {
                return of(element().oid(), elements.toArray());
            }
            elements.add(element().parse(text.substring(start, at), context));
        }
    }

    @Override
    public String format(Object value, TypeContext context) {
        StringBuilder out = new StringBuilder();
        for (Object item : ((SqlArray) value).elements()) {
            if (!out.isEmpty()) {
                out.append(' ');
            }
            out.append(item == null ? "NULL" : element().format(item, context));
        }
        return out.toString();
    }
}
