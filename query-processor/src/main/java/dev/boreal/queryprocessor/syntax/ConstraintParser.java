package dev.boreal.queryprocessor.syntax;

import static dev.boreal.queryprocessor.syntax.TokenKind.COMMA;
import static dev.boreal.queryprocessor.syntax.TokenKind.LEFT_PARENTHESIS;
import static dev.boreal.queryprocessor.syntax.TokenKind.RIGHT_PARENTHESIS;

import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.syntax.tree.Constraint;
import dev.boreal.queryprocessor.syntax.tree.Constraint.Action;
import dev.boreal.queryprocessor.syntax.tree.Constraint.Attributes;
import dev.boreal.queryprocessor.syntax.tree.Constraint.IndexClauses;
import dev.boreal.queryprocessor.syntax.tree.Constraint.Match;
import dev.boreal.queryprocessor.syntax.tree.Expression;
import dev.boreal.queryprocessor.syntax.tree.IndexElement;
import dev.boreal.queryprocessor.syntax.tree.OperatorName;
import dev.boreal.queryprocessor.syntax.tree.Option;
import dev.boreal.queryprocessor.syntax.tree.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Constraints of columns and tables. */
final class ConstraintParser {
    private final TokenCursor tokens;
    private final Grammar grammar;
    private final ConstraintAttributeParser attributes;

    ConstraintParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
        this.attributes = new ConstraintAttributeParser(tokens);
    }

    /** What follows a column's type: its constraints and its collation. */
    record ColumnConstraints(
            List<Constraint> constraints, @Nullable QualifiedName collation) {}

    /** ColQualList. */
    ColumnConstraints ofColumn() {
        List<Constraint> constraints = new ArrayList<>(2);
        QualifiedName collation = null;
        while (true) {
            int position = tokens.position();
            if (tokens.is(TokenKind.COLLATE)) {
                tokens.advance();
                if (collation != null) {
                    throw SyntaxErrors.at("multiple COLLATE clauses not allowed", position);
                }
                collation = tokens.anyName();
                continue;
            }
            if (attributes.atColumnAttribute()) {
                throw attributes.misplaced();
            }
            Constraint constraint = columnConstraint();
            if (constraint == null) {
                return new ColumnConstraints(List.copyOf(constraints), collation);
            }
            constraints.add(attributes.attach(constraint));
        }
    }

    private @Nullable Constraint columnConstraint() {
        int position = tokens.position();
        String name = null;
        if (tokens.accept(TokenKind.CONSTRAINT)) {
            name = tokens.columnId();
        }
        return switch (tokens.kind()) {
            case NOT -> {
                tokens.advance();
                tokens.expect(TokenKind.NULL);
                yield new Constraint.NotNull(name, position);
            }
            case NULL -> {
                tokens.advance();
                yield new Constraint.NullAllowed(name, position);
            }
            case UNIQUE -> {
                tokens.advance();
                boolean nullsNotDistinct = IndexParser.nullsNotDistinct(tokens);
                IndexClauses index = indexClauses(List.of());
                yield new Constraint.Unique(name, List.of(), nullsNotDistinct, index, Attributes.NONE, position);
            }
            case PRIMARY -> {
                tokens.advance();
                tokens.expect(TokenKind.KEY);
                yield new Constraint.PrimaryKey(name, List.of(), indexClauses(List.of()), Attributes.NONE, position);
            }
            case CHECK -> {
                tokens.advance();
                Expression expression = parenthesizedExpression();
                boolean noInherit = tokens.accept(TokenKind.NO, TokenKind.INHERIT);
                yield new Constraint.Check(name, expression, new Attributes(false, false, false, noInherit), position);
            }
            case DEFAULT -> {
                tokens.advance();
                yield new Constraint.DefaultValue(name, grammar.expressions.restricted(), position);
            }
            case GENERATED -> {
                yield generated(name, position);
            }
            case REFERENCES -> {
                yield references(name, List.of(), position);
            }
            default -> {
                if (name != null) {
                    throw tokens.syntaxError();
                }
                yield null;
            }
        };
    }

    private Expression parenthesizedExpression() {
        tokens.expect(LEFT_PARENTHESIS);
        Expression expression = grammar.expressions.expression();
        tokens.expect(RIGHT_PARENTHESIS);
        return expression;
    }

    private Constraint generated(@Nullable String name, int position) {
        tokens.expect(TokenKind.GENERATED);
        int whenPosition = tokens.position();
        boolean always = generatedWhen();
        tokens.expect(TokenKind.AS);
        if (tokens.accept(TokenKind.IDENTITY)) {
            return new Constraint.Identity(name, always, new SequenceParser(grammar).parenthesized(), position);
        }
        Expression expression = parenthesizedExpression();
        tokens.expect(TokenKind.STORED);
        if (!always) {
            throw SyntaxErrors.at("for a generated column, GENERATED ALWAYS must be specified", whenPosition);
        }
        return new Constraint.GeneratedColumn(name, expression, position);
    }

    /** generated_when: whether ALWAYS. */
    boolean generatedWhen() {
        if (tokens.accept(TokenKind.ALWAYS)) {
            return true;
        }
        tokens.expect(TokenKind.BY, TokenKind.DEFAULT);
        return false;
    }

    boolean atTableConstraint() {
        return switch (tokens.kind()) {
            case CONSTRAINT, CHECK, UNIQUE, PRIMARY, FOREIGN -> true;
            case EXCLUDE -> tokens.kind(1) == LEFT_PARENTHESIS || tokens.kind(1) == TokenKind.USING;
            default -> false;
        };
    }

    /** TableConstraint. */
    Constraint ofTable() {
        int position = tokens.position();
        String name = tokens.accept(TokenKind.CONSTRAINT) ? tokens.columnId() : null;
        return switch (tokens.kind()) {
            case CHECK -> {
                tokens.advance();
                Expression expression = parenthesizedExpression();
                yield new Constraint.Check(name, expression, attributes.list("CHECK"), position);
            }
            case UNIQUE -> unique(name, position);
            case PRIMARY -> primaryKey(name, position);
            case FOREIGN -> foreignKey(name, position);
            case EXCLUDE -> exclusion(name, position);
            default -> throw tokens.syntaxError();
        };
    }

    private Constraint unique(@Nullable String name, int position) {
        tokens.advance();
        if (tokens.accept(TokenKind.USING)) {
            IndexClauses index = existingIndex();
            return new Constraint.Unique(name, List.of(), false, index, attributes.list("UNIQUE"), position);
        }
        boolean nullsNotDistinct = IndexParser.nullsNotDistinct(tokens);
        List<String> columns = tokens.parenthesizedNames();
        IndexClauses index = indexClauses(IndexParser.including(tokens));
        return new Constraint.Unique(name, columns, nullsNotDistinct, index, attributes.list("UNIQUE"), position);
    }

    private Constraint primaryKey(@Nullable String name, int position) {
        tokens.advance();
        tokens.expect(TokenKind.KEY);
        if (tokens.accept(TokenKind.USING)) {
            IndexClauses index = existingIndex();
            return new Constraint.PrimaryKey(name, List.of(), index, attributes.list("PRIMARY KEY"), position);
        }
        List<String> columns = tokens.parenthesizedNames();
        IndexClauses index = indexClauses(IndexParser.including(tokens));
        return new Constraint.PrimaryKey(name, columns, index, attributes.list("PRIMARY KEY"), position);
    }

    private IndexClauses existingIndex() {
        tokens.expect(TokenKind.INDEX);
        return new IndexClauses(List.of(), List.of(), null, tokens.columnId());
    }

    /** opt_definition and OptConsTableSpace. */
    private IndexClauses indexClauses(List<String> including) {
        List<Option> options = grammar.statements.options().optionalWith();
        String tablespace = null;
        if (tokens.accept(TokenKind.USING)) {
            tokens.expect(TokenKind.INDEX, TokenKind.TABLESPACE);
            tablespace = tokens.columnId();
        }
        return including.isEmpty() && options.isEmpty() && tablespace == null
                ? IndexClauses.NONE
                : new IndexClauses(including, options, tablespace, null);
    }

    private Constraint foreignKey(@Nullable String name, int position) {
        tokens.advance();
        tokens.expect(TokenKind.KEY);
        List<String> columns = tokens.parenthesizedNames();
        if (!tokens.is(TokenKind.REFERENCES)) {
            throw tokens.syntaxError();
        }
        Constraint.ForeignKey key = references(name, columns, position);
        return key.with(attributes.list("FOREIGN KEY"));
    }

    private Constraint.ForeignKey references(@Nullable String name, List<String> columns, int position) {
        tokens.expect(TokenKind.REFERENCES);
        QualifiedName table = tokens.relationName();
        List<String> referenced = tokens.optionalParenthesizedNames();
        Match match = match();
        Action onDelete = Action.NO_ACTION;
        Action onUpdate = Action.NO_ACTION;
        List<String> onDeleteColumns = List.of();
        boolean deleteGiven = false;
        boolean updateGiven = false;
        while (tokens.is(TokenKind.ON)) {
            boolean delete = tokens.kind(1) == TokenKind.DELETE;
            if (delete ? deleteGiven : updateGiven) {
                throw delete || tokens.kind(1) == TokenKind.UPDATE ? tokens.syntaxError() : tokens.syntaxErrorAt(1);
            }
            tokens.advance();
            if (!delete && !tokens.is(TokenKind.UPDATE)) {
                throw tokens.syntaxError();
            }
            int actionPosition = tokens.position(-1);
            tokens.advance();
            Action action = action();
            boolean setting = action == Action.SET_NULL || action == Action.SET_DEFAULT;
            List<String> columnsToSet = setting ? tokens.optionalParenthesizedNames() : List.of();
            if (delete) {
                onDelete = action;
                onDeleteColumns = columnsToSet;
                deleteGiven = true;
            } else {
                if (!columnsToSet.isEmpty()) {
                    throw SyntaxErrors.at(
                            SqlState.FEATURE_NOT_SUPPORTED,
                            "a column list with " + action.sql() + " is only supported for ON DELETE actions",
                            actionPosition);
                }
                onUpdate = action;
                updateGiven = true;
            }
        }
        return new Constraint.ForeignKey(
                name,
                columns,
                table,
                referenced,
                match,
                onDelete,
                onDeleteColumns,
                onUpdate,
                Attributes.NONE,
                position);
    }

    private Match match() {
        int position = tokens.position();
        if (!tokens.accept(TokenKind.MATCH)) {
            return Match.SIMPLE;
        }
        if (tokens.accept(TokenKind.FULL)) {
            return Match.FULL;
        }
        if (tokens.accept(TokenKind.PARTIAL)) {
            throw SyntaxErrors.at(SqlState.FEATURE_NOT_SUPPORTED, "MATCH PARTIAL not yet implemented", position);
        }
        tokens.expect(TokenKind.SIMPLE);
        return Match.SIMPLE;
    }

    private Action action() {
        TokenKind kind = tokens.kind();
        tokens.advance();
        return switch (kind) {
            case NO -> {
                tokens.expect(TokenKind.ACTION);
                yield Action.NO_ACTION;
            }
            case RESTRICT -> Action.RESTRICT;
            case CASCADE -> Action.CASCADE;
            case SET -> {
                boolean toNull = tokens.accept(TokenKind.NULL);
                if (!toNull) {
                    tokens.expect(TokenKind.DEFAULT);
                }
                yield toNull ? Action.SET_NULL : Action.SET_DEFAULT;
            }
            default -> throw tokens.syntaxErrorAt(-1);
        };
    }

    private Constraint exclusion(@Nullable String name, int position) {
        tokens.advance();
        String method = tokens.accept(TokenKind.USING) ? tokens.columnId() : null;
        List<IndexElement> elements = new ArrayList<>();
        List<OperatorName> operators = new ArrayList<>();
        IndexElementParser parser = new IndexElementParser(grammar);
        tokens.expect(LEFT_PARENTHESIS);
        do {
            elements.add(parser.element(true));
            tokens.expect(TokenKind.WITH);
            OperatorParser symbols = grammar.expressions.operators();
            operators.add(tokens.is(TokenKind.OPERATOR, LEFT_PARENTHESIS) ? symbols.operator() : symbols.anyOperator());
        } while (tokens.accept(COMMA));
        tokens.expect(RIGHT_PARENTHESIS);
        IndexClauses index = indexClauses(IndexParser.including(tokens));
        Expression where = tokens.accept(TokenKind.WHERE) ? parenthesizedExpression() : null;
        return new Constraint.Exclusion(
                name,
                method,
                List.copyOf(elements),
                List.copyOf(operators),
                index,
                where,
                attributes.list("EXCLUDE"),
                position);
    }

    /** ConstraintAttributeSpec of ALTER CONSTRAINT. */
    Attributes foreignKeyAttributes() {
        return attributes.list("FOREIGN KEY");
    }
}
