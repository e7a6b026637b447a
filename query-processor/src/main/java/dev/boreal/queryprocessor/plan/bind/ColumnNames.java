package dev.boreal.queryprocessor.plan.bind;

import dev.boreal.queryprocessor.syntax.tree.Expression;
import dev.boreal.queryprocessor.syntax.tree.FunctionCall;
import dev.boreal.queryprocessor.syntax.tree.Predicate;
import dev.boreal.queryprocessor.syntax.tree.Query;
import dev.boreal.queryprocessor.syntax.tree.SelectBody;
import dev.boreal.queryprocessor.syntax.tree.TargetItem;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How PostgreSQL calls a result column that was given no name. */
final class ColumnNames {
    private static final String UNNAMED = "?column?";

    private ColumnNames() {}

    static String of(TargetItem item) {
        return item.label() != null ? item.label() : of(item.expression());
    }

    static String of(Expression expression) {
        String name = strong(expression);
        if (name == null) {
            name = weak(expression);
        }
        return name == null ? UNNAMED : name;
    }

    /** A name that a cast around the expression does not replace. */
    private static @Nullable String strong(Expression expression) {
        return switch (expression) {
            case Expression.ColumnReference e -> e.name();
            case Expression.FieldSelection e -> e.field();
            case Expression.Subscript e -> strong(e.base());
            case FunctionCall e -> e.name().name();
            case Expression.Collate e -> strong(e.operand());
            case Expression.TypeCast e -> strong(e.operand());
            case Expression.NullIf e -> "nullif";
            case Expression.Coalesce e -> "coalesce";
            case Expression.Extremum e -> e.greatest() ? "greatest" : "least";
            case Expression.Grouping e -> "grouping";
            case Expression.ArrayConstructor e -> "array";
            case Expression.ArraySubquery e -> "array";
            case Expression.RowConstructor e -> "row";
            case Expression.CurrentValue e -> e.kind().name().toLowerCase(Locale.ROOT);
            case Predicate.Exists e -> "exists";
            case Expression.ScalarSubquery e -> ofQuery(e.query());
            case Expression.Case e -> e.otherwise() == null ? null : strong(e.otherwise());
            default -> null;
        };
    }

    private static @Nullable String weak(Expression expression) {
        return switch (expression) {
            case Expression.TypeCast e -> e.type().name().name();
            case Expression.Subscript e -> weak(e.base());
            case Expression.Case e -> "case";
            case Expression.Collate e -> weak(e.operand());
            default -> null;
        };
    }

    private static @Nullable String ofQuery(Query query) {
        if (query.body() instanceof SelectBody.Select select
                && !select.targets().isEmpty()) {
            TargetItem first = select.targets().getFirst();
            return first.label() != null ? first.label() : strong(first.expression());
        }
        return null;
    }
}
