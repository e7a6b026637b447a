package dev.boreal.queryprocessor.syntax;

import dev.boreal.queryprocessor.syntax.tree.Expression;
import dev.boreal.queryprocessor.syntax.tree.FunctionCall;
import dev.boreal.queryprocessor.syntax.tree.Literal;
import dev.boreal.queryprocessor.syntax.tree.Predicate;
import dev.boreal.queryprocessor.syntax.tree.WindowDefinition;
import java.util.List;

/** Function calls to SQL, in the syntax they were written in. */
final class FunctionPrinter {
    private final SqlText text;
    private final ExpressionPrinter expressions;

    FunctionPrinter(SqlText text, ExpressionPrinter expressions) {
        this.text = text;
        this.expressions = expressions;
    }

    void print(FunctionCall call) {
        List<Expression> arguments = call.arguments();
        switch (call.syntax()) {
            case ORDINARY -> ordinary(call);
            case EXTRACT -> {
                text.add("EXTRACT(");
                field(arguments.get(0));
                text.add(" FROM ");
                expressions.print(arguments.get(1));
                text.add(')');
            }
            case NORMALIZE -> normalize(arguments);
            case OVERLAY -> {
                String[] words = {"OVERLAY(", " PLACING ", " FROM ", " FOR "};
                worded(words, arguments);
            }
            case SUBSTRING -> {
                String[] words = {"SUBSTRING(", " FROM ", " FOR "};
                worded(words, arguments);
            }
            case POSITION -> {
                text.add("POSITION((");
                expressions.print(arguments.get(1));
                text.add(") IN (");
                expressions.print(arguments.get(0));
                text.add("))");
            }
            case TREAT -> {
                text.add("TREAT(");
                expressions.print(arguments.getFirst());
                text.add(" AS ").name(call.name().name()).add(')');
            }
            case TRIM -> trim(call.name().name(), arguments);
            case AT_TIME_ZONE -> atTimeZone(call);
            case OVERLAPS -> overlaps(arguments);
            case COLLATION_FOR -> {
                text.add("COLLATION FOR (");
                expressions.print(arguments.getFirst());
                text.add(')');
            }
        }
    }

    private void ordinary(FunctionCall call) {
        name(call.name().parts());
        text.add('(');
        if (call.star()) {
            text.add('*');
        }
        text.add(call.distinct() ? "DISTINCT " : "");
        for (int i = 0; i < call.arguments().size(); i++) {
            text.add(i > 0 ? ", " : "");
            text.add(call.variadic() && i == call.arguments().size() - 1 ? "VARIADIC " : "");
            expressions.print(call.arguments().get(i));
        }
        if (!call.withinGroup() && !call.orderBy().isEmpty()) {
            text.add(" ORDER BY ");
            expressions.queries().sortItems(call.orderBy());
        }
        text.add(')');
        if (call.withinGroup()) {
            text.add(" WITHIN GROUP (ORDER BY ");
            expressions.queries().sortItems(call.orderBy());
            text.add(')');
        }
        if (call.filter() != null) {
            text.add(" FILTER (WHERE ");
            expressions.print(call.filter());
            text.add(')');
        }
        WindowDefinition over = call.over();
        if (over != null) {
            text.add(" OVER ");
            if (over.name() != null) {
                text.name(over.name());
            } else {
                new WindowPrinter(text, expressions).print(over);
            }
        }
    }

    /** A bare function's name may be a word that a column's may not, and the other way round. */
    private void name(List<String> parts) {
        if (parts.size() > 1) {
            expressions.names(parts);
            return;
        }
        String name = parts.getFirst();
        TokenKind keyword = Keywords.find(name);
        if (keyword != null && keyword.category == TokenKind.Category.TYPE_OR_FUNCTION_NAME) {
            text.add(name);
        } else {
            text.name(name);
        }
    }

    private void field(Expression field) {
        if (field instanceof Literal.StringLiteral literal && isWord(literal.value())) {
            text.add(literal.value());
        } else {
            expressions.print(field);
        }
    }

    private static boolean isWord(String field) {
        if (!Identifiers.quote(field).equals(field)) {
            return false;
        }
        TokenKind keyword = Keywords.find(field);
        return switch (keyword) {
            case YEAR, MONTH, DAY, HOUR, MINUTE, SECOND -> true;
            case null -> true;
            default -> false;
        };
    }

    private void normalize(List<Expression> arguments) {
        text.add("NORMALIZE(");
        expressions.print(arguments.get(0));
        if (arguments.size() > 1 && arguments.get(1) instanceof Literal.StringLiteral form) {
            text.add(", ").add(form.value());
        }
        text.add(')');
    }

    private void worded(String[] words, List<Expression> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            text.add(words[i]);
            boolean ambiguous = words[0].startsWith("SUBSTRING") && arguments.get(i) instanceof Predicate.Like;
            text.add(ambiguous ? "(" : "");
            expressions.print(arguments.get(i));
            text.add(ambiguous ? ")" : "");
        }
        text.add(')');
    }

    private void trim(String name, List<Expression> arguments) {
        text.add("TRIM(");
        text.add(
                switch (name) {
                    case "ltrim" -> "LEADING";
                    case "rtrim" -> "TRAILING";
                    default -> "BOTH";
                });
        text.add(" ");
        if (arguments.size() == 2) {
            expressions.print(arguments.get(1));
            text.add(" FROM ");
            expressions.print(arguments.get(0));
        } else {
            text.add("FROM ");
            expressions.list(arguments);
        }
        text.add(')');
    }

    private void atTimeZone(FunctionCall call) {
        expressions.open();
        expressions.operand(call.arguments().get(1), call);
        text.add(" AT TIME ZONE ");
        expressions.operand(call.arguments().get(0), call);
        expressions.close();
    }

    private void overlaps(List<Expression> arguments) {
        expressions.open();
        text.add('(');
        expressions.list(arguments.subList(0, 2));
        text.add(") OVERLAPS (");
        expressions.list(arguments.subList(2, 4));
        text.add(')');
        expressions.close();
    }
}
