package dev.boreal.queryprocessor.syntax;

import static dev.boreal.queryprocessor.syntax.TokenKind.COMMA;
import static dev.boreal.queryprocessor.syntax.TokenKind.FROM;
import static dev.boreal.queryprocessor.syntax.TokenKind.LEFT_PARENTHESIS;
import static dev.boreal.queryprocessor.syntax.TokenKind.RIGHT_PARENTHESIS;

import dev.boreal.queryprocessor.syntax.tree.Expression;
import dev.boreal.queryprocessor.syntax.tree.Expression.CurrentValue;
import dev.boreal.queryprocessor.syntax.tree.FunctionCall;
import dev.boreal.queryprocessor.syntax.tree.FunctionCall.Syntax;
import dev.boreal.queryprocessor.syntax.tree.Literal;
import dev.boreal.queryprocessor.syntax.tree.QualifiedName;
import dev.boreal.queryprocessor.syntax.tree.SortItem;
import dev.boreal.queryprocessor.syntax.tree.TypeName;
import dev.boreal.queryprocessor.syntax.tree.WindowDefinition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Function calls, ordinary ones with all that aggregates and windows add, and those with a syntax of their own. */
final class FunctionParser {
    private final TokenCursor tokens;
    private final Grammar grammar;

    FunctionParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    /** What stands between a call's parentheses. */
    private static final class Arguments {
        final List<Expression> values = new ArrayList<>(2);
        List<SortItem> orderBy = List.of();
        int orderPosition;
        boolean star;
        boolean distinct;
        boolean variadic;

        boolean isPlain() {
            return !star && !distinct && !variadic;
        }
    }

    /**
     * A call whose name was read, or a constant of a type with modifiers: {@code mytype(3) 'text'}.
     *
     * @param windowed whether WITHIN GROUP, FILTER and OVER may follow
     */
    Expression call(QualifiedName name, boolean windowed) {
        Arguments arguments = arguments();
        if (windowed && tokens.is(TokenKind.STRING) && arguments.isPlain() && !arguments.values.isEmpty()) {
            return literalOf(name, arguments);
        }
        boolean withinGroup = false;
        Expression filter = null;
        WindowDefinition over = null;
        List<SortItem> orderBy = arguments.orderBy;
        if (windowed) {
            if (tokens.is(TokenKind.WITHIN)) {
                orderBy = withinGroup(arguments);
                withinGroup = true;
            }
            if (tokens.accept(TokenKind.FILTER)) {
                tokens.expect(LEFT_PARENTHESIS, TokenKind.WHERE);
                filter = grammar.expressions.expression();
                tokens.expect(RIGHT_PARENTHESIS);
            }
            if (tokens.is(TokenKind.OVER)) {
                over = grammar.windows.over();
            }
        }
        return new FunctionCall(
                name,
                List.copyOf(arguments.values),
                arguments.star,
                arguments.distinct,
                arguments.variadic,
                orderBy,
                withinGroup,
                filter,
                over,
                Syntax.ORDINARY,
                name.position());
    }

    private Arguments arguments() {
        Arguments arguments = new Arguments();
        tokens.expect(LEFT_PARENTHESIS);
        if (tokens.accept(RIGHT_PARENTHESIS)) {
            return arguments;
        }
        if (tokens.accept(TokenKind.STAR)) {
            arguments.star = true;
            tokens.expect(RIGHT_PARENTHESIS);
            return arguments;
        }
        boolean quantified = tokens.is(TokenKind.DISTINCT) || tokens.is(TokenKind.ALL);
        if (quantified) {
            arguments.distinct = tokens.is(TokenKind.DISTINCT);
            tokens.advance();
        }
        do {
            if (!quantified && tokens.accept(TokenKind.VARIADIC)) {
                arguments.variadic = true;
            }
            arguments.values.add(argument());
        } while (!arguments.variadic && tokens.accept(COMMA));
        if (tokens.is(TokenKind.ORDER)) {
            arguments.orderPosition = tokens.position();
            arguments.orderBy = grammar.queries.orderBy();
        }
        tokens.expect(RIGHT_PARENTHESIS);
        return arguments;
    }

    /** func_arg_expr. */
    Expression argument() {
        TokenKind arrow = tokens.kind(1);
        if ((arrow == TokenKind.EQUALS_GREATER || arrow == TokenKind.COLON_EQUALS) && tokens.kind().typeFunctionName) {
            int position = tokens.position();
            String name = tokens.typeFunctionName();
            tokens.advance();
            return new Expression.NamedArgument(name, grammar.expressions.expression(), position);
        }
        return grammar.expressions.expression();
    }

    private Expression literalOf(QualifiedName type, Arguments arguments) {
        for (Expression argument : arguments.values) {
            if (argument instanceof Expression.NamedArgument named) {
                throw SyntaxErrors.at("type modifier cannot have parameter name", named.position());
            }
        }
        if (!arguments.orderBy.isEmpty()) {
            throw SyntaxErrors.at("type modifier cannot have ORDER BY", arguments.orderPosition);
        }
        int position = tokens.position();
        Literal text = new Literal.StringLiteral(tokens.string(), position);
        TypeName name = new TypeName(type, List.copyOf(arguments.values), List.of(), false, false, type.position());
        return new Expression.TypeCast(text, name, type.position());
    }

    private List<SortItem> withinGroup(Arguments arguments) {
        int position = tokens.position();
        tokens.advance();
        tokens.expect(TokenKind.GROUP);
        tokens.expect(LEFT_PARENTHESIS);
        List<SortItem> orderBy = grammar.queries.orderBy();
        tokens.expect(RIGHT_PARENTHESIS);
        if (!arguments.orderBy.isEmpty()) {
            throw SyntaxErrors.at("cannot use multiple ORDER BY clauses with WITHIN GROUP", position);
        }
        if (arguments.distinct) {
            throw SyntaxErrors.at("cannot use DISTINCT with WITHIN GROUP", position);
        }
        if (arguments.variadic) {
            throw SyntaxErrors.at("cannot use VARIADIC with WITHIN GROUP", position);
        }
        return orderBy;
    }

    /** func_expr_windowless: what FROM and index expressions may call. */
    Expression windowless() {
        int position = tokens.position();
        TokenKind kind = tokens.kind();
        Expression special = special(kind, position);
        if (special != null) {
            return special;
        }
        QualifiedName name;
        if (tokens.kind(1) == LEFT_PARENTHESIS) {
            name = QualifiedName.of(tokens.typeFunctionName(), position);
        } else {
            name = tokens.anyName();
        }
        return call(name, false);
    }

    /** Whether {@link #special} would yield a call at the current token. */
    boolean atSpecial() {
        return switch (tokens.kind()) {
            case CURRENT_DATE,
                    CURRENT_TIME,
                    CURRENT_TIMESTAMP,
                    LOCALTIME,
                    LOCALTIMESTAMP,
                    CURRENT_ROLE,
                    CURRENT_USER,
                    SESSION_USER,
                    USER,
                    CURRENT_CATALOG,
                    CAST -> true;
            case CURRENT_SCHEMA -> tokens.kind(1) != LEFT_PARENTHESIS;
            case COLLATION -> tokens.kind(1) == TokenKind.FOR;
            case EXTRACT,
                    NORMALIZE,
                    OVERLAY,
                    POSITION,
                    SUBSTRING,
                    TREAT,
                    TRIM,
                    NULLIF,
                    COALESCE,
                    GREATEST,
                    LEAST,
                    XMLCONCAT,
                    XMLELEMENT,
                    XMLEXISTS,
                    XMLFOREST,
                    XMLPARSE,
                    XMLPI,
                    XMLROOT,
                    XMLSERIALIZE -> tokens.kind(1) == LEFT_PARENTHESIS;
            default -> false;
        };
    }

    /** func_expr_common_subexpr; null if the token begins none. */
    @Nullable Expression special(TokenKind kind, int position) {
        if (!atSpecial()) {
            return null;
        }
        tokens.advance();
        return switch (kind) {
            case CURRENT_DATE -> current(CurrentValue.Kind.CURRENT_DATE, position);
            case CURRENT_ROLE -> current(CurrentValue.Kind.CURRENT_ROLE, position);
            case CURRENT_USER -> current(CurrentValue.Kind.CURRENT_USER, position);
            case SESSION_USER -> current(CurrentValue.Kind.SESSION_USER, position);
            case USER -> current(CurrentValue.Kind.USER, position);
            case CURRENT_CATALOG -> current(CurrentValue.Kind.CURRENT_CATALOG, position);
            case CURRENT_SCHEMA -> current(CurrentValue.Kind.CURRENT_SCHEMA, position);
            case CURRENT_TIME -> currentTime(CurrentValue.Kind.CURRENT_TIME, position);
            case CURRENT_TIMESTAMP -> currentTime(CurrentValue.Kind.CURRENT_TIMESTAMP, position);
            case LOCALTIME -> currentTime(CurrentValue.Kind.LOCALTIME, position);
            case LOCALTIMESTAMP -> currentTime(CurrentValue.Kind.LOCALTIMESTAMP, position);
            default -> specialCall(kind, position);
        };
    }

    private static Expression current(CurrentValue.Kind kind, int position) {
        return new CurrentValue(kind, null, position);
    }

    private Expression currentTime(CurrentValue.Kind kind, int position) {
        Integer precision = tokens.is(LEFT_PARENTHESIS) ? grammar.types.parenthesizedInteger() : null;
        return new CurrentValue(kind, precision, position);
    }

    private Expression specialCall(TokenKind kind, int position) {
        if (kind == TokenKind.COLLATION) {
            tokens.expect(TokenKind.FOR);
        }
        tokens.expect(LEFT_PARENTHESIS);
        Expression result = switch (kind) {
            case CAST -> cast(position);
            case COLLATION -> system("pg_collation_for", List.of(expression()), Syntax.COLLATION_FOR, position);
            case EXTRACT -> extract(position);
            case NORMALIZE -> normalize(position);
            case OVERLAY -> overlay(position);
            case POSITION -> position(position);
            case SUBSTRING -> substring(position);
            case TREAT -> treat(position);
            case TRIM -> trim(position);
            case NULLIF -> nullIf(position);
            case COALESCE -> new Expression.Coalesce(grammar.expressions.expressionList(), position);
            case GREATEST -> new Expression.Extremum(true, grammar.expressions.expressionList(), position);
            case LEAST -> new Expression.Extremum(false, grammar.expressions.expressionList(), position);
            default -> throw SyntaxErrors.unsupported(kind.name(), position);
        };
        tokens.expect(RIGHT_PARENTHESIS);
        return result;
    }

    private Expression expression() {
        return grammar.expressions.expression();
    }

    private static Expression system(String name, List<Expression> arguments, Syntax syntax, int position) {
        return FunctionCall.of(
                new QualifiedName(List.of("pg_catalog", name), position), List.copyOf(arguments), syntax, position);
    }

    private Expression cast(int position) {
        Expression operand = expression();
        tokens.expect(TokenKind.AS);
        return new Expression.TypeCast(operand, grammar.types.type(), position);
    }

    private Expression nullIf(int position) {
        Expression left = expression();
        tokens.expect(COMMA);
        return new Expression.NullIf(left, expression(), position);
    }

    private Expression extract(int position) {
        int fieldPosition = tokens.position();
        String field = switch (tokens.kind()) {
            case STRING -> tokens.string();
            case IDENTIFIER, YEAR, MONTH, DAY, HOUR, MINUTE, SECOND -> tokens.columnId();
            default -> throw tokens.syntaxError();
        };
        tokens.expect(FROM);
        Expression source = expression();
        return system(
                "extract", List.of(new Literal.StringLiteral(field, fieldPosition), source), Syntax.EXTRACT, position);
    }

    private Expression normalize(int position) {
        List<Expression> arguments = new ArrayList<>(2);
        arguments.add(expression());
        if (tokens.accept(COMMA)) {
            int formPosition = tokens.position();
            String form = switch (tokens.kind()) {
                case NFC, NFD, NFKC, NFKD -> tokens.kind().name();
                default -> throw tokens.syntaxError();
            };
            tokens.advance();
            arguments.add(new Literal.StringLiteral(form, formPosition));
        }
        return system("normalize", arguments, Syntax.NORMALIZE, position);
    }

    private Expression overlay(int position) {
        if (tokens.is(RIGHT_PARENTHESIS)) {
            return plain("overlay", position);
        }
        List<Expression> arguments = new ArrayList<>();
        arguments.add(argument());
        if (!tokens.accept(TokenKind.PLACING)) {
            return ordinary("overlay", arguments, position);
        }
        arguments.add(expression());
        tokens.expect(FROM);
        arguments.add(expression());
        if (tokens.accept(TokenKind.FOR)) {
            arguments.add(expression());
        }
        return system("overlay", arguments, Syntax.OVERLAY, position);
    }

    private Expression position(int position) {
        Expression sought = grammar.expressions.restricted();
        tokens.expect(TokenKind.IN);
        Expression text = grammar.expressions.restricted();
        return system("position", List.of(text, sought), Syntax.POSITION, position);
    }

    private Expression substring(int position) {
        if (tokens.is(RIGHT_PARENTHESIS)) {
            return plain("substring", position);
        }
        Expression text = tokens.kind(1) == TokenKind.EQUALS_GREATER || tokens.kind(1) == TokenKind.COLON_EQUALS
                ? argument()
                : grammar.expressions.substringText();
        return switch (tokens.kind()) {
            case FROM -> {
                tokens.advance();
                Expression from = expression();
                yield tokens.accept(TokenKind.FOR)
                        ? system("substring", List.of(text, from, expression()), Syntax.SUBSTRING, position)
                        : system("substring", List.of(text, from), Syntax.SUBSTRING, position);
            }
            case FOR -> {
                tokens.advance();
                Expression count = expression();
                if (tokens.accept(FROM)) {
                    yield system("substring", List.of(text, expression(), count), Syntax.SUBSTRING, position);
                }
                Expression castCount = new Expression.TypeCast(count, TypeName.system("int4", 0), 0);
                yield system(
                        "substring",
                        List.of(text, new Literal.IntegerLiteral(1, 0), castCount),
                        Syntax.SUBSTRING,
                        position);
            }
            case SIMILAR -> {
                tokens.advance();
                Expression pattern = expression();
                tokens.expect(TokenKind.ESCAPE);
                yield system("substring", List.of(text, pattern, expression()), Syntax.SUBSTRING, position);
            }
            default -> {
                List<Expression> arguments = new ArrayList<>();
                arguments.add(text);
                yield ordinary("substring", arguments, position);
            }
        };
    }

    /** The rest of an ordinary argument list whose first argument was read; the name is not qualified, as PostgreSQL leaves it. */
    private Expression ordinary(String name, List<Expression> arguments, int position) {
        while (tokens.accept(COMMA)) {
            arguments.add(argument());
        }
        return FunctionCall.of(QualifiedName.of(name, position), List.copyOf(arguments), Syntax.ORDINARY, position);
    }

    private static Expression plain(String name, int position) {
        return FunctionCall.of(QualifiedName.of(name, position), List.of(), Syntax.ORDINARY, position);
    }

    private Expression treat(int position) {
        Expression operand = expression();
        tokens.expect(TokenKind.AS);
        TypeName type = grammar.types.type();
        return system(type.name().name(), List.of(operand), Syntax.TREAT, position);
    }

    private Expression trim(int position) {
        String name = "btrim";
        switch (tokens.kind()) {
            case BOTH -> tokens.advance();
            case LEADING -> {
                tokens.advance();
                name = "ltrim";
            }
            case TRAILING -> {
                tokens.advance();
                name = "rtrim";
            }
            default -> {}
        }
        if (tokens.accept(FROM)) {
            return system(name, grammar.expressions.expressionList(), Syntax.TRIM, position);
        }
        Expression first = expression();
        List<Expression> arguments = new ArrayList<>();
        if (tokens.accept(FROM)) {
            arguments.addAll(grammar.expressions.expressionList());
            arguments.add(first);
        } else {
            arguments.add(first);
            while (tokens.accept(COMMA)) {
                arguments.add(expression());
            }
        }
        return system(name, arguments, Syntax.TRIM, position);
    }
}
