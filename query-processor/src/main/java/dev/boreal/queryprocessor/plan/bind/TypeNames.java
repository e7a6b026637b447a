package dev.boreal.queryprocessor.plan.bind;

import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.syntax.tree.Expression;
import dev.boreal.queryprocessor.syntax.tree.Literal;
import dev.boreal.queryprocessor.syntax.tree.TypeName;
import dev.boreal.queryprocessor.type.SqlType;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From written type names to types. */
public final class TypeNames {
    private TypeNames() {}

    /** A type and its type modifier. */
    public record Resolved(SqlType type, int typeModifier) {}

    /** @throws dev.boreal.contracts.sql.SqlException 42704 if there is no such type */
    public static Resolved resolve(TypeName name) {
        if (name.percentType() || name.setOf()) {
            throw BindErrors.notSupported(name.position(), "a type taken from elsewhere");
        }
        SqlType element = find(name);
        if (element == null) {
            throw BindErrors.at(
                    name.position(),
                    SqlState.UNDEFINED_OBJECT,
                    "type \"" + name.name() + (name.isArray() ? "[]" : "") + "\" does not exist");
        }
        int modifier = name.modifiers().isEmpty() ? -1 : modifier(name, element);
        if (!name.isArray()) {
            return new Resolved(element, modifier);
        }
        SqlType array = TypeRegistry.findArrayOf(element);
        if (array == null) {
            throw BindErrors.at(
                    name.position(),
                    SqlState.UNDEFINED_OBJECT,
                    "could not find array type for data type " + element.formatName(-1));
        }
        return new Resolved(array, modifier);
    }

    private static @Nullable SqlType find(TypeName name) {
        String schema = name.name().schema();
        if (schema != null && !schema.equals("pg_catalog")) {
            return null;
        }
        return TypeRegistry.findByName(name.name().name());
    }

    private static int modifier(TypeName name, SqlType type) {
        List<Integer> arguments = new ArrayList<>();
        for (Expression modifier : name.modifiers()) {
            if (!(modifier instanceof Literal.IntegerLiteral literal)) {
                throw BindErrors.at(
                        name.position(),
                        SqlState.SYNTAX_ERROR,
                        "type modifiers must be simple constants or identifiers");
            }
            arguments.add(literal.value());
        }
        return BindErrors.locate(name.position(), () -> type.typeModifierOf(arguments));
    }
}
