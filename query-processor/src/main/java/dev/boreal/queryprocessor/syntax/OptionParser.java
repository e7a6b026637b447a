package dev.boreal.queryprocessor.syntax;

import dev.boreal.queryprocessor.syntax.tree.Option;
import dev.boreal.queryprocessor.syntax.tree.Option.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Options in parentheses, in the three dialects that PostgreSQL's statements have. */
final class OptionParser {
    private final TokenCursor tokens;
    private final Grammar grammar;

    OptionParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    /** {@code WITH (...)}, or nothing. */
    List<Option> optionalWith() {
        boolean other = tokens.kind(1) == TokenKind.TIME || tokens.kind(1) == TokenKind.ORDINALITY;
        return !other && tokens.accept(TokenKind.WITH) ? parenthesizedDefinition() : List.of();
    }

    /** reloptions or definition: {@code (name = value, namespace.name, ...)}. */
    List<Option> parenthesizedDefinition() {
        tokens.expect(TokenKind.LEFT_PARENTHESIS);
        List<Option> options = new ArrayList<>();
        do {
            options.add(definitionElement());
        } while (tokens.accept(TokenKind.COMMA));
        tokens.expect(TokenKind.RIGHT_PARENTHESIS);
        return List.copyOf(options);
    }

    private Option definitionElement() {
        int position = tokens.position();
        String name = tokens.columnLabel();
        String namespace = null;
        if (tokens.accept(TokenKind.DOT)) {
            namespace = name;
            name = tokens.columnLabel();
        }
        Value value = tokens.accept(TokenKind.EQUAL) ? definitionValue() : null;
        return new Option(namespace, name, value, position);
    }

    /** def_arg. */
    private Value definitionValue() {
        TokenKind kind = tokens.kind();
        if (kind == TokenKind.STRING) {
            return new Value.Text(tokens.string(), true);
        }
        if (atNumber()) {
            return new Value.Numeral(tokens.signedNumber());
        }
        if (grammar.expressions.operators().atSymbol()
                || (kind == TokenKind.OPERATOR && tokens.kind(1) == TokenKind.LEFT_PARENTHESIS)) {
            return new Value.Operator(grammar.expressions.operators().operator());
        }
        if (kind == TokenKind.NONE || kind.category == TokenKind.Category.RESERVED) {
            return new Value.Text(tokens.columnLabel(), false);
        }
        TokenKind next = tokens.kind(1);
        if (kind.typeFunctionName && (next == TokenKind.COMMA || next == TokenKind.RIGHT_PARENTHESIS)) {
            return new Value.Text(tokens.typeFunctionName(), false);
        }
        return new Value.Type(grammar.types.functionType());
    }

    private boolean atNumber() {
        int ahead = tokens.is(TokenKind.MINUS) || tokens.is(TokenKind.PLUS) ? 1 : 0;
        TokenKind kind = tokens.kind(ahead);
        return kind == TokenKind.INTEGER_LITERAL || kind == TokenKind.NUMERIC_LITERAL;
    }

    /** utility_option_list: {@code (name [value], ...)} of EXPLAIN, VACUUM and so on. */
    List<Option> parenthesizedUtility() {
        tokens.expect(TokenKind.LEFT_PARENTHESIS);
        List<Option> options = new ArrayList<>();
        do {
            int position = tokens.position();
            boolean analyze = tokens.accept(TokenKind.ANALYZE) || tokens.accept(TokenKind.ANALYSE);
            String name = analyze ? "analyze" : tokens.nonReservedWord();
            options.add(new Option(null, name, scalar(), position));
        } while (tokens.accept(TokenKind.COMMA));
        tokens.expect(TokenKind.RIGHT_PARENTHESIS);
        return List.copyOf(options);
    }

    /** copy_generic_opt_list. */
    List<Option> parenthesizedCopy() {
        tokens.expect(TokenKind.LEFT_PARENTHESIS);
        List<Option> options = new ArrayList<>();
        do {
            int position = tokens.position();
            options.add(new Option(null, tokens.columnLabel(), copyValue(), position));
        } while (tokens.accept(TokenKind.COMMA));
        tokens.expect(TokenKind.RIGHT_PARENTHESIS);
        return List.copyOf(options);
    }

    private @Nullable Value copyValue() {
        if (tokens.accept(TokenKind.STAR)) {
            return new Value.Star();
        }
        if (!tokens.accept(TokenKind.LEFT_PARENTHESIS)) {
            return scalar();
        }
        List<String> items = new ArrayList<>();
        do {
            items.add(booleanOrString());
        } while (tokens.accept(TokenKind.COMMA));
        tokens.expect(TokenKind.RIGHT_PARENTHESIS);
        return new Value.Texts(List.copyOf(items));
    }

    private @Nullable Value scalar() {
        if (atNumber()) {
            return new Value.Numeral(tokens.signedNumber());
        }
        if (tokens.is(TokenKind.STRING)) {
            return new Value.Text(tokens.string(), true);
        }
        return atBooleanOrWord() ? new Value.Text(booleanOrString(), false) : null;
    }

    private boolean atBooleanOrWord() {
        return tokens.is(TokenKind.TRUE)
                || tokens.is(TokenKind.FALSE)
                || tokens.is(TokenKind.ON)
                || tokens.kind().nonReserved;
    }

    /** opt_boolean_or_string. */
    String booleanOrString() {
        if (tokens.is(TokenKind.STRING)) {
            return tokens.string();
        }
        if (!atBooleanOrWord()) {
            throw tokens.syntaxError();
        }
        return tokens.columnLabel();
    }
}
