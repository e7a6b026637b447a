package dev.boreal.queryprocessor.syntax;

import dev.boreal.queryprocessor.syntax.tree.OperatorName;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Operators as names: qual_Op, qual_all_Op and any_operator of PostgreSQL's grammar. */
final class OperatorParser {
    private static final Map<TokenKind, OperatorName> FIXED = fixed();

    private final TokenCursor tokens;

    OperatorParser(TokenCursor tokens) {
        this.tokens = tokens;
    }

    private static Map<TokenKind, OperatorName> fixed() {
        Map<TokenKind, OperatorName> fixed = new EnumMap<>(TokenKind.class);
        fixed.put(TokenKind.PLUS, OperatorName.of("+"));
        fixed.put(TokenKind.MINUS, OperatorName.of("-"));
        fixed.put(TokenKind.STAR, OperatorName.of("*"));
        fixed.put(TokenKind.SLASH, OperatorName.of("/"));
        fixed.put(TokenKind.PERCENT, OperatorName.of("%"));
        fixed.put(TokenKind.CIRCUMFLEX, OperatorName.of("^"));
        fixed.put(TokenKind.LESS, OperatorName.of("<"));
        fixed.put(TokenKind.GREATER, OperatorName.of(">"));
        fixed.put(TokenKind.EQUAL, OperatorName.of("="));
        fixed.put(TokenKind.LESS_EQUAL, OperatorName.of("<="));
        fixed.put(TokenKind.GREATER_EQUAL, OperatorName.of(">="));
        fixed.put(TokenKind.NOT_EQUAL, OperatorName.of("<>"));
        return fixed;
    }

    /** An operator in an expression, perhaps {@code OPERATOR(schema.op)}. */
    OperatorName operator() {
        if (tokens.is(TokenKind.OPERATOR)) {
            tokens.advance();
            tokens.expect(TokenKind.LEFT_PARENTHESIS);
            OperatorName operator = anyOperator();
            tokens.expect(TokenKind.RIGHT_PARENTHESIS);
            return operator;
        }
        return symbol(null);
    }

    /** A symbol with its schema but without the word OPERATOR. */
    OperatorName anyOperator() {
        String schema = null;
        while (tokens.kind().columnId) {
            String part = tokens.columnId();
            tokens.expect(TokenKind.DOT);
            schema = schema == null ? part : schema + "." + part;
        }
        return symbol(schema);
    }

    boolean atSymbol() {
        return tokens.is(TokenKind.OTHER_OPERATOR) || FIXED.containsKey(tokens.kind());
    }

    private OperatorName symbol(@Nullable String schema) {
        OperatorName known = FIXED.get(tokens.kind());
        if (known == null && !tokens.is(TokenKind.OTHER_OPERATOR)) {
            throw tokens.syntaxError();
        }
        String text = known == null ? tokens.text() : known.symbol();
        tokens.advance();
        return known != null && schema == null ? known : new OperatorName(schema, text);
    }
}
