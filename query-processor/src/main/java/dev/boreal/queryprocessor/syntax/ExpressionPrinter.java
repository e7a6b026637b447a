package dev.boreal.queryprocessor.syntax;

import dev.boreal.queryprocessor.syntax.tree.Expression;
import dev.boreal.queryprocessor.syntax.tree.Expression.BinaryOperation;
import dev.boreal.queryprocessor.syntax.tree.Expression.Logical;
import dev.boreal.queryprocessor.syntax.tree.Expression.Not;
import dev.boreal.queryprocessor.syntax.tree.Expression.UnaryOperation;
import dev.boreal.queryprocessor.syntax.tree.FunctionCall;
import dev.boreal.queryprocessor.syntax.tree.Literal;
import dev.boreal.queryprocessor.syntax.tree.OperatorName;
import dev.boreal.queryprocessor.syntax.tree.Predicate;
import dev.boreal.queryprocessor.syntax.tree.Query;
import java.util.List;

/** Expressions to SQL. */
final class ExpressionPrinter {
    private final SqlText text;
    private final boolean pretty;
    private final TypePrinter types;
    private final FunctionPrinter functions;
    private final QueryPrinter queries;

    ExpressionPrinter(SqlText text, boolean pretty) {
        this.text = text;
        this.pretty = pretty;
        this.types = new TypePrinter(text, this);
        this.functions = new FunctionPrinter(text, this);
        this.queries = new QueryPrinter(text, this);
    }

    QueryPrinter queries() {
        return queries;
    }

    TypePrinter types() {
        return types;
    }

    boolean isPretty() {
        return pretty;
    }

    void print(Expression expression) {
        switch (expression) {
            case Literal literal -> literal(literal);
            case Expression.ParameterReference parameter -> text.add('$').add(parameter.number());
            case Expression.ColumnReference column -> names(column.parts());
            case Expression.Star star -> {
                names(star.qualifier());
                text.add(star.qualifier().isEmpty() ? "*" : ".*");
            }
            case Expression.FieldSelection selection -> {
                enclosed(selection.base());
                text.add('.').name(selection.field());
            }
            case Expression.FieldStar star -> {
                enclosed(star.base());
                text.add(".*");
            }
            case Expression.Subscript subscript -> subscript(subscript);
            case Expression.TypeCast cast -> cast(cast);
            case Expression.Collate collate -> {
                open();
                operand(collate.operand(), collate);
                text.add(" COLLATE ");
                names(collate.collation().parts());
                close();
            }
            case UnaryOperation operation -> {
                open();
                operator(operation.operator());
                text.add(' ');
                unaryOperand(operation);
                close();
            }
            case BinaryOperation operation -> {
                open();
                operand(operation.left(), operation);
                text.add(' ');
                operator(operation.operator());
                text.add(' ');
                rightOperand(operation);
                close();
            }
            case Logical logical -> logical(logical);
            case Not not -> {
                open();
                text.add("NOT ");
                operand(not.operand(), not);
                close();
            }
            case Predicate predicate -> new PredicatePrinter(text, this).print(predicate);
            case Expression.RowConstructor row -> {
                text.add(row.explicit() ? "ROW(" : "(");
                list(row.fields());
                text.add(')');
            }
            case Expression.ArrayConstructor array -> {
                text.add("ARRAY[");
                list(array.elements());
                text.add(']');
            }
            case Expression.ArraySubquery subquery -> {
                text.add("ARRAY");
                query(subquery.query());
            }
            case Expression.ScalarSubquery subquery -> query(subquery.query());
            case Expression.Case choice -> choice(choice);
            case Expression.Coalesce coalesce -> call("COALESCE", coalesce.arguments());
            case Expression.NullIf nullIf -> call("NULLIF", List.of(nullIf.left(), nullIf.right()));
            case Expression.Extremum extremum -> call(extremum.greatest() ? "GREATEST" : "LEAST", extremum.arguments());
            case FunctionCall call -> functions.print(call);
            case Expression.NamedArgument argument -> {
                text.name(argument.name()).add(" => ");
                print(argument.value());
            }
            case Expression.CurrentValue value -> {
                text.add(value.kind().name());
                if (value.precision() != null) {
                    text.add('(').add(value.precision()).add(')');
                }
            }
            case Expression.Grouping grouping -> call("GROUPING", grouping.arguments());
            case Expression.Default none -> text.add("DEFAULT");
            case Expression.CurrentOf current -> text.add("CURRENT OF ").name(current.cursor());
        }
    }

    private void literal(Literal literal) {
        switch (literal) {
            case Literal.IntegerLiteral integer -> text.add(integer.value());
            case Literal.NumericLiteral number -> text.add(number.text());
            case Literal.StringLiteral string -> text.string(string.value());
            case Literal.BitStringLiteral bits ->
                text.add(bits.hexadecimal() ? "X'" : "B'").add(bits.digits()).add('\'');
            case Literal.BooleanLiteral truth -> text.add(truth.value() ? "true" : "false");
            case Literal.NullLiteral none -> text.add("NULL");
        }
    }

    void names(List<String> parts) {
        String separator = "";
        for (String part : parts) {
            text.add(separator).name(part);
            separator = ".";
        }
    }

    void list(List<Expression> expressions) {
        String separator = "";
        for (Expression expression : expressions) {
            text.add(separator);
            print(expression);
            separator = ", ";
        }
    }

    private void call(String name, List<Expression> arguments) {
        text.add(name).add('(');
        list(arguments);
        text.add(')');
    }

    /** A query in parentheses. */
    void query(Query query) {
        text.add('(');
        queries.print(query);
        text.add(')');
    }

    void open() {
        if (!pretty) {
            text.add('(');
        }
    }

    void close() {
        if (!pretty) {
            text.add(')');
        }
    }

    /** An operand of the parent, in parentheses if it needs some that it does not print itself. */
    void operand(Expression operand, Expression parent) {
        if (isNegative(operand) || (pretty && !PrintedPrecedence.isSimple(operand, parent))) {
            text.add('(');
            print(operand);
            text.add(')');
        } else {
            print(operand);
        }
    }

    private void rightOperand(BinaryOperation operation) {
        boolean sameLevel = pretty
                && operation.right() instanceof BinaryOperation right
                && PrintedPrecedence.sameLevel(right, operation);
        if (sameLevel) {
            text.add('(');
            print(operation.right());
            text.add(')');
        } else {
            operand(operation.right(), operation);
        }
    }

    private void unaryOperand(UnaryOperation operation) {
        boolean number = operation.operand() instanceof Literal.IntegerLiteral
                || operation.operand() instanceof Literal.NumericLiteral;
        if (number
                && !isNegative(operation.operand())
                && !operation.operator().symbol().equals("-")) {
            print(operation.operand());
        } else {
            operand(operation.operand(), operation);
        }
    }

    /** Whether it is a number with a minus sign, which binds looser than what may follow. */
    static boolean isNegative(Expression expression) {
        return switch (expression) {
            case Literal.IntegerLiteral integer -> integer.value() < 0;
            case Literal.NumericLiteral number -> number.text().startsWith("-");
            default -> false;
        };
    }

    void operator(OperatorName operator) {
        if (operator.schema() == null) {
            text.add(operator.symbol());
        } else {
            text.add("OPERATOR(");
            for (String part : operator.schema().split("\\.")) {
                text.name(part).add('.');
            }
            text.add(operator.symbol()).add(')');
        }
    }

    private void logical(Logical logical) {
        open();
        String separator = "";
        for (int i = 0; i < logical.operands().size(); i++) {
            text.add(separator);
            Expression operand = logical.operands().get(i);
            boolean regrouped =
                    pretty && operand instanceof Logical inner && inner.connective() == logical.connective();
            if (regrouped) {
                text.add('(');
                print(operand);
                text.add(')');
            } else {
                operand(operand, logical);
            }
            separator = " " + logical.connective() + " ";
        }
        close();
    }

    /** A base of a field or subscript: columns and parameters stand bare before a bracket, all else in parentheses. */
    private void enclosed(Expression base) {
        boolean bare = base instanceof Expression.ParameterReference
                || base instanceof Expression.Subscript
                || base instanceof Expression.FieldSelection;
        if (bare) {
            print(base);
        } else {
            text.add('(');
            print(base);
            text.add(')');
        }
    }

    private void subscript(Expression.Subscript subscript) {
        if (subscript.base() instanceof Expression.ColumnReference column) {
            print(column);
        } else {
            boolean nested = subscript.base() instanceof Expression.Subscript;
            text.add(nested ? "(" : "");
            enclosed(subscript.base());
            text.add(nested ? ")" : "");
        }
        for (Expression.Subscript.Index index : subscript.indexes()) {
            index(index);
        }
    }

    void index(Expression.Subscript.Index index) {
        text.add('[');
        if (index.lower() != null) {
            print(index.lower());
        }
        if (index.slice()) {
            text.add(':');
        }
        if (index.upper() != null) {
            print(index.upper());
        }
        text.add(']');
    }

    private void cast(Expression.TypeCast cast) {
        Expression operand = cast.operand();
        boolean bare = operand instanceof Literal.StringLiteral
                || operand instanceof Literal.NullLiteral
                || operand instanceof Literal.BooleanLiteral
                || operand instanceof Literal.BitStringLiteral;
        if (bare) {
            print(operand);
        } else if (pretty) {
            operand(operand, cast);
        } else {
            text.add('(');
            print(operand);
            text.add(')');
        }
        text.add("::");
        types.print(cast.type());
    }

    private void choice(Expression.Case choice) {
        text.add("CASE");
        if (choice.operand() != null) {
            text.add(' ');
            print(choice.operand());
        }
        for (Expression.Case.When when : choice.whens()) {
            text.add(" WHEN ");
            print(when.condition());
            text.add(" THEN ");
            print(when.result());
        }
        if (choice.otherwise() != null) {
            text.add(" ELSE ");
            print(choice.otherwise());
        }
        text.add(" END");
    }
}
