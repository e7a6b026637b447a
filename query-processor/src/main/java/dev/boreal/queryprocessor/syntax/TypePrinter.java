package dev.boreal.queryprocessor.syntax;

import dev.boreal.queryprocessor.syntax.tree.Expression;
import dev.boreal.queryprocessor.syntax.tree.IntervalFields;
import dev.boreal.queryprocessor.syntax.tree.Literal.IntegerLiteral;
import dev.boreal.queryprocessor.syntax.tree.QualifiedName;
import dev.boreal.queryprocessor.syntax.tree.TypeName;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Type names under the names of the SQL standard, as PostgreSQL's format_type. */
final class TypePrinter {
    private final SqlText text;
    private final ExpressionPrinter expressions;

    TypePrinter(SqlText text, ExpressionPrinter expressions) {
        this.text = text;
        this.expressions = expressions;
    }

    void print(TypeName type) {
        if (type.setOf()) {
            text.add("SETOF ");
        }
        String standard = standardName(type);
        if (standard == null) {
            name(type.name());
            modifiers(type.modifiers(), 0);
        } else {
            standard(standard, type);
        }
        if (type.percentType()) {
            text.add("%TYPE");
        }
        for (int bound : type.arrayBounds()) {
            text.add(bound < 0 ? "[]" : "[" + bound + "]");
        }
    }

    private static @Nullable String standardName(TypeName type) {
        List<String> parts = type.name().parts();
        if (type.percentType() || parts.size() != 2 || !parts.getFirst().equals("pg_catalog")) {
            return null;
        }
        boolean modified = !type.modifiers().isEmpty();
        return switch (parts.getLast()) {
            case "bool" -> "boolean";
            case "int2" -> "smallint";
            case "int4" -> "integer";
            case "int8" -> "bigint";
            case "float4" -> "real";
            case "float8" -> "double precision";
            case "numeric" -> "numeric";
            case "varchar" -> "character varying";
            case "varbit" -> "bit varying";
            case "bpchar" -> modified ? "character" : null;
            case "bit" -> modified ? "bit" : null;
            case "time", "timestamp", "timetz", "timestamptz", "interval" -> parts.getLast();
            default -> null;
        };
    }

    private void standard(String name, TypeName type) {
        switch (name) {
            case "time", "timestamp" -> {
                text.add(name);
                modifiers(type.modifiers(), 0);
                text.add(" without time zone");
            }
            case "timetz", "timestamptz" -> {
                text.add(name.substring(0, name.length() - 2));
                modifiers(type.modifiers(), 0);
                text.add(" with time zone");
            }
            case "interval" -> interval(type.modifiers());
            default -> {
                text.add(name);
                modifiers(type.modifiers(), 0);
            }
        }
    }

    private void interval(List<Expression> modifiers) {
        text.add("interval");
        IntervalFields fields = !modifiers.isEmpty() && modifiers.getFirst() instanceof IntegerLiteral mask
                ? IntervalFields.ofMask(mask.value())
                : null;
        if (fields != null) {
            text.add(' ').add(fields.sql().toLowerCase(Locale.ROOT));
        }
        modifiers(modifiers, 1);
    }

    private void modifiers(List<Expression> modifiers, int from) {
        if (modifiers.size() > from) {
            text.add('(');
            for (int i = from; i < modifiers.size(); i++) {
                if (i > from) {
                    text.add(',');
                }
                expressions.print(modifiers.get(i));
            }
            text.add(')');
        }
    }

    /** A type's own name, whose first word must be a type's and not a column's. */
    private void name(QualifiedName name) {
        String separator = "";
        for (String part : name.parts()) {
            text.add(separator).name(part);
            separator = ".";
        }
    }
}
