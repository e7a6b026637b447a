package dev.boreal.queryprocessor.syntax;

import static dev.boreal.queryprocessor.syntax.TokenKind.LEFT_PARENTHESIS;
import static dev.boreal.queryprocessor.syntax.TokenKind.RIGHT_PARENTHESIS;

import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.syntax.tree.Expression;
import dev.boreal.queryprocessor.syntax.tree.IntervalFields;
import dev.boreal.queryprocessor.syntax.tree.Literal.IntegerLiteral;
import dev.boreal.queryprocessor.syntax.tree.QualifiedName;
import dev.boreal.queryprocessor.syntax.tree.TypeName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Type names: Typename and its kin in PostgreSQL's grammar. */
final class TypeParser {
    private final TokenCursor tokens;
    private final Grammar grammar;

    TypeParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    List<TypeName> types() {
        List<TypeName> types = new ArrayList<>();
        do {
            types.add(type());
        } while (tokens.accept(TokenKind.COMMA));
        return List.copyOf(types);
    }

    /** Typename. */
    TypeName type() {
        boolean setOf = tokens.accept(TokenKind.SETOF);
        TypeName simple = simpleType();
        List<Integer> bounds = arrayBounds();
        if (!setOf && bounds.isEmpty()) {
            return simple;
        }
        return new TypeName(simple.name(), simple.modifiers(), bounds, setOf, false, simple.position());
    }

    /** func_type: a type, or {@code name%TYPE}. */
    TypeName functionType() {
        int mark = tokens.index();
        int ahead = tokens.is(TokenKind.SETOF) ? 1 : 0;
        if (tokens.kind(ahead).typeFunctionName && tokens.kind(ahead + 1) == TokenKind.DOT) {
            int i = ahead + 1;
            while (tokens.kind(i) == TokenKind.DOT && tokens.kind(i + 1).word) {
                i += 2;
            }
            if (tokens.kind(i) == TokenKind.PERCENT && tokens.kind(i + 1) == TokenKind.TYPE) {
                boolean setOf = tokens.accept(TokenKind.SETOF);
                QualifiedName name = genericName();
                tokens.advance();
                tokens.advance();
                return new TypeName(name, List.of(), List.of(), setOf, true, name.position());
            }
        }
        assert tokens.index() == mark;
        return type();
    }

    private List<Integer> arrayBounds() {
        if (tokens.accept(TokenKind.ARRAY)) {
            if (!tokens.accept(TokenKind.LEFT_BRACKET)) {
                return List.of(-1);
            }
            int bound = tokens.integer();
            tokens.expect(TokenKind.RIGHT_BRACKET);
            return List.of(bound);
        }
        if (!tokens.is(TokenKind.LEFT_BRACKET)) {
            return List.of();
        }
        List<Integer> bounds = new ArrayList<>(1);
        while (tokens.accept(TokenKind.LEFT_BRACKET)) {
            bounds.add(tokens.is(TokenKind.INTEGER_LITERAL) ? tokens.integer() : -1);
            tokens.expect(TokenKind.RIGHT_BRACKET);
        }
        return List.copyOf(bounds);
    }

    private TypeName simpleType() {
        if (tokens.is(TokenKind.INTERVAL)) {
            int position = tokens.position();
            tokens.advance();
            if (tokens.is(LEFT_PARENTHESIS)) {
                return interval(null, parenthesizedInteger(), position);
            }
            return intervalWithFields(position);
        }
        TypeName keyword = keywordType();
        if (keyword != null) {
            return keyword;
        }
        QualifiedName name = genericName();
        return new TypeName(name, modifiers(), List.of(), false, false, name.position());
    }

    /** type_function_name with attributes. */
    private QualifiedName genericName() {
        int position = tokens.position();
        String first = tokens.typeFunctionName();
        if (!tokens.is(TokenKind.DOT)) {
            return QualifiedName.of(first, position);
        }
        List<String> parts = new ArrayList<>(3);
        parts.add(first);
        while (tokens.accept(TokenKind.DOT)) {
            parts.add(tokens.columnLabel());
        }
        return new QualifiedName(List.copyOf(parts), position);
    }

    private List<Expression> modifiers() {
        if (!tokens.accept(LEFT_PARENTHESIS)) {
            return List.of();
        }
        List<Expression> modifiers = grammar.expressions.expressionList();
        tokens.expect(RIGHT_PARENTHESIS);
        return modifiers;
    }

    /** Whether the current token begins a type by a keyword of its own (ConstTypename, INTERVAL aside). */
    boolean atKeywordType() {
        return switch (tokens.kind()) {
            case INT,
                    INTEGER,
                    SMALLINT,
                    BIGINT,
                    REAL,
                    FLOAT,
                    DECIMAL,
                    DEC,
                    NUMERIC,
                    BOOLEAN,
                    BIT,
                    CHARACTER,
                    CHAR,
                    VARCHAR,
                    NATIONAL,
                    NCHAR,
                    TIMESTAMP,
                    TIME -> true;
            case DOUBLE -> tokens.kind(1) == TokenKind.PRECISION;
            default -> false;
        };
    }

    /** ConstTypename but INTERVAL; null if the current token begins none. */
    @Nullable TypeName keywordType() {
        if (!atKeywordType()) {
            return null;
        }
        int position = tokens.position();
        TokenKind kind = tokens.kind();
        tokens.advance();
        return switch (kind) {
            case INT, INTEGER -> TypeName.system("int4", position);
            case SMALLINT -> TypeName.system("int2", position);
            case BIGINT -> TypeName.system("int8", position);
            case REAL -> TypeName.system("float4", position);
            case BOOLEAN -> TypeName.system("bool", position);
            case DOUBLE -> {
                tokens.expect(TokenKind.PRECISION);
                yield TypeName.system("float8", position);
            }
            case FLOAT -> floating(position);
            case DECIMAL, DEC, NUMERIC -> system("numeric", modifiers(), position);
            case BIT -> bit(position);
            case VARCHAR -> character("varchar", position);
            case CHARACTER, CHAR, NCHAR -> character(varying(), position);
            case NATIONAL -> {
                if (!tokens.accept(TokenKind.CHARACTER)) {
                    tokens.expect(TokenKind.CHAR);
                }
                yield character(varying(), position);
            }
            default -> dateTime(kind == TokenKind.TIME ? "time" : "timestamp", position);
        };
    }

    /** The same before a constant, where {@code char} and {@code bit} without a length do not mean a length of one. */
    @Nullable TypeName constantType() {
        TypeName type = keywordType();
        boolean assumed = type != null
                && !type.modifiers().isEmpty()
                && type.modifiers().getFirst() instanceof IntegerLiteral length
                && length.position() == 0;
        return type != null && assumed ? TypeName.system(type.name().name(), type.position()) : type;
    }

    private TypeName floating(int position) {
        if (!tokens.is(LEFT_PARENTHESIS)) {
            return TypeName.system("float8", position);
        }
        int bitsPosition = tokens.position(1);
        int bits = parenthesizedInteger();
        if (bits < 1) {
            throw SyntaxErrors.at(
                    SqlState.INVALID_PARAMETER_VALUE, "precision for type float must be at least 1 bit", bitsPosition);
        }
        if (bits > 53) {
            throw SyntaxErrors.at(
                    SqlState.INVALID_PARAMETER_VALUE,
                    "precision for type float must be less than 54 bits",
                    bitsPosition);
        }
        return TypeName.system(bits <= 24 ? "float4" : "float8", position);
    }

    private TypeName bit(int position) {
        boolean varying = tokens.accept(TokenKind.VARYING);
        if (tokens.is(LEFT_PARENTHESIS)) {
            return system(varying ? "varbit" : "bit", modifiers(), position);
        }
        return varying
                ? TypeName.system("varbit", position)
                : system("bit", List.of(new IntegerLiteral(1, 0)), position);
    }

    private String varying() {
        return tokens.accept(TokenKind.VARYING) ? "varchar" : "bpchar";
    }

    private TypeName character(String name, int position) {
        if (tokens.is(LEFT_PARENTHESIS)) {
            int lengthPosition = tokens.position(1);
            return system(name, List.of(new IntegerLiteral(parenthesizedInteger(), lengthPosition)), position);
        }
        return name.equals("bpchar")
                ? system(name, List.of(new IntegerLiteral(1, 0)), position)
                : TypeName.system(name, position);
    }

    private TypeName dateTime(String name, int position) {
        List<Expression> modifiers = List.of();
        if (tokens.is(LEFT_PARENTHESIS)) {
            int precisionPosition = tokens.position(1);
            modifiers = List.of(new IntegerLiteral(parenthesizedInteger(), precisionPosition));
        }
        boolean zoned = false;
        if (tokens.is(TokenKind.WITH, TokenKind.TIME) || tokens.is(TokenKind.WITHOUT, TokenKind.TIME)) {
            zoned = tokens.is(TokenKind.WITH);
            tokens.advance();
            tokens.advance();
            tokens.expect(TokenKind.ZONE);
        } else if (tokens.is(TokenKind.WITHOUT)) {
            throw tokens.syntaxErrorAt(1);
        }
        return system(zoned ? name + "tz" : name, modifiers, position);
    }

    /** {@code opt_interval} after the keyword INTERVAL or its string. */
    TypeName intervalWithFields(int position) {
        IntervalFields fields = intervalFields();
        if (fields == null) {
            return TypeName.system("interval", position);
        }
        boolean seconds = (fields.mask() & IntervalFields.SECOND.mask()) != 0;
        Integer precision = seconds && tokens.is(LEFT_PARENTHESIS) ? parenthesizedInteger() : null;
        return interval(fields, precision, position);
    }

    /** An interval whose precision, if any, came first: {@code interval(p)}. */
    TypeName interval(@Nullable IntervalFields fields, @Nullable Integer precision, int position) {
        List<Expression> modifiers = new ArrayList<>(2);
        modifiers.add(new IntegerLiteral(fields == null ? IntervalFields.FULL_RANGE_MASK : fields.mask(), 0));
        if (precision != null) {
            modifiers.add(new IntegerLiteral(precision, 0));
        }
        return system("interval", List.copyOf(modifiers), position);
    }

    private @Nullable IntervalFields intervalFields() {
        IntervalFields first = switch (tokens.kind()) {
            case YEAR -> IntervalFields.YEAR;
            case MONTH -> IntervalFields.MONTH;
            case DAY -> IntervalFields.DAY;
            case HOUR -> IntervalFields.HOUR;
            case MINUTE -> IntervalFields.MINUTE;
            case SECOND -> IntervalFields.SECOND;
            default -> null;
        };
        if (first == null) {
            return null;
        }
        tokens.advance();
        if (first == IntervalFields.MONTH || first == IntervalFields.SECOND || !tokens.accept(TokenKind.TO)) {
            return first;
        }
        TokenKind last = tokens.kind();
        IntervalFields range = switch (first) {
            case YEAR -> last == TokenKind.MONTH ? IntervalFields.YEAR_TO_MONTH : null;
            case DAY ->
                last == TokenKind.HOUR
                        ? IntervalFields.DAY_TO_HOUR
                        : last == TokenKind.MINUTE
                                ? IntervalFields.DAY_TO_MINUTE
                                : last == TokenKind.SECOND ? IntervalFields.DAY_TO_SECOND : null;
            case HOUR ->
                last == TokenKind.MINUTE
                        ? IntervalFields.HOUR_TO_MINUTE
                        : last == TokenKind.SECOND ? IntervalFields.HOUR_TO_SECOND : null;
            default -> last == TokenKind.SECOND ? IntervalFields.MINUTE_TO_SECOND : null;
        };
        if (range == null) {
            throw tokens.syntaxError();
        }
        tokens.advance();
        return range;
    }

    int parenthesizedInteger() {
        tokens.expect(LEFT_PARENTHESIS);
        int value = tokens.integer();
        tokens.expect(RIGHT_PARENTHESIS);
        return value;
    }

    private static TypeName system(String name, List<Expression> modifiers, int position) {
        TypeName plain = TypeName.system(name, position);
        return modifiers.isEmpty() ? plain : new TypeName(plain.name(), modifiers, List.of(), false, false, position);
    }
}
