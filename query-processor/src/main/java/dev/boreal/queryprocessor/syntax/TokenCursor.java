package dev.boreal.queryprocessor.syntax;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.queryprocessor.syntax.tree.QualifiedName;
import java.util.ArrayList;
import java.util.List;

/** A place in the tokens, and how deep the grammar has gone there. */
final class TokenCursor {
    /** Levels of nesting; below what a thread's usual stack holds. */
    private static final int MAXIMUM_DEPTH = 2_000;

    private final Tokens tokens;
    private int index;
    private int depth;
    private int highestParameter;

    TokenCursor(Tokens tokens) {
        this.tokens = tokens;
    }

    TokenKind kind() {
        return tokens.kind(index);
    }

    TokenKind kind(int ahead) {
        return tokens.kind(index + ahead);
    }

    boolean is(TokenKind kind) {
        return tokens.kind(index) == kind;
    }

    boolean is(TokenKind first, TokenKind second) {
        return tokens.kind(index) == first && tokens.kind(index + 1) == second;
    }

    /** 1-based position of the current token. */
    int position() {
        return tokens.position(index);
    }

    int position(int ahead) {
        return tokens.position(index + ahead);
    }

    int index() {
        return index;
    }

    void advance() {
        index++;
    }

    boolean accept(TokenKind kind) {
        if (tokens.kind(index) == kind) {
            index++;
            return true;
        }
        return false;
    }

    boolean accept(TokenKind first, TokenKind second) {
        if (is(first, second)) {
            index += 2;
            return true;
        }
        return false;
    }

    void expect(TokenKind kind) {
        if (tokens.kind(index) != kind) {
            throw syntaxError();
        }
        index++;
    }

    void expect(TokenKind first, TokenKind second) {
        expect(first);
        expect(second);
    }

    SqlException syntaxError() {
        return tokens.syntaxError(index);
    }

    SqlException syntaxErrorAt(int ahead) {
        return tokens.syntaxError(index + ahead);
    }

    /** An error with the current token as its place: {@code message at or near "token"}. */
    SqlException errorNear(String message) {
        if (is(TokenKind.INVALID)) {
            return syntaxError();
        }
        return SyntaxErrors.nearOffset(message, tokens.sql(), tokens.start(index), tokens.end(index));
    }

    void enter() {
        deepen(1);
    }

    void deepen(int levels) {
        depth += levels;
        if (depth > MAXIMUM_DEPTH) {
            throw SyntaxErrors.tooDeep();
        }
    }

    void leave() {
        depth--;
    }

    int depth() {
        return depth;
    }

    void leaveTo(int outerDepth) {
        depth = outerDepth;
    }

    /** ColId. */
    String columnId() {
        if (!kind().columnId) {
            throw syntaxError();
        }
        return tokens.name(index++);
    }

    /** ColLabel. */
    String columnLabel() {
        if (!kind().word) {
            throw syntaxError();
        }
        return tokens.name(index++);
    }

    /** type_function_name. */
    String typeFunctionName() {
        if (!kind().typeFunctionName) {
            throw syntaxError();
        }
        return tokens.name(index++);
    }

    /** NonReservedWord. */
    String nonReservedWord() {
        if (!kind().nonReserved) {
            throw syntaxError();
        }
        return tokens.name(index++);
    }

    /** The current word's meaning, without moving. */
    String peekName() {
        return tokens.name(index);
    }

    /** Whether the current token is an identifier of this folded text; for words that are no keywords of PostgreSQL. */
    boolean isWord(String folded) {
        return is(TokenKind.IDENTIFIER) && tokens.name(index).equals(folded);
    }

    String string() {
        if (!is(TokenKind.STRING)) {
            throw syntaxError();
        }
        return tokens.string(index++);
    }

    /** The digits of a bit string of either kind. */
    String bits() {
        return tokens.string(index++);
    }

    /** Iconst. */
    int integer() {
        if (!is(TokenKind.INTEGER_LITERAL)) {
            throw syntaxError();
        }
        return tokens.integer(index++);
    }

    /** The digits of a number of either kind. */
    String number() {
        if (!is(TokenKind.INTEGER_LITERAL) && !is(TokenKind.NUMERIC_LITERAL)) {
            throw syntaxError();
        }
        return tokens.number(index++);
    }

    /** NumericOnly, or what a negative or positive integer may be: a number with its sign. */
    String signedNumber() {
        if (accept(TokenKind.MINUS)) {
            return "-" + number();
        }
        accept(TokenKind.PLUS);
        return number();
    }

    /** SignedIconst. */
    int signedInteger() {
        if (accept(TokenKind.MINUS)) {
            return -integer();
        }
        accept(TokenKind.PLUS);
        return integer();
    }

    int parameter() {
        int number = tokens.parameter(index++);
        highestParameter = Math.max(highestParameter, number);
        return number;
    }

    int takeHighestParameter() {
        int highest = highestParameter;
        highestParameter = 0;
        return highest;
    }

    /** The current token as written. */
    String text() {
        return tokens.text(index);
    }

    /** The text from the token at {@code from} to the one before the current. */
    String textSince(int from) {
        return from >= index ? "" : tokens.sql().substring(tokens.start(from), tokens.end(index - 1));
    }

    /** any_name: ColId and attributes. */
    QualifiedName anyName() {
        int position = position();
        String first = columnId();
        if (!is(TokenKind.DOT)) {
            return new QualifiedName(List.of(first), position);
        }
        List<String> parts = new ArrayList<>(3);
        parts.add(first);
        while (accept(TokenKind.DOT)) {
            parts.add(columnLabel());
        }
        return new QualifiedName(List.copyOf(parts), position);
    }

    /** qualified_name: at most three parts. */
    QualifiedName relationName() {
        QualifiedName name = anyName();
        if (name.parts().size() > 3) {
            throw SyntaxErrors.at("improper qualified name (too many dotted names): " + name, name.position());
        }
        return name;
    }

    List<QualifiedName> anyNames() {
        List<QualifiedName> names = new ArrayList<>();
        do {
            names.add(anyName());
        } while (accept(TokenKind.COMMA));
        return List.copyOf(names);
    }

    List<QualifiedName> relationNames() {
        List<QualifiedName> names = new ArrayList<>();
        do {
            names.add(relationName());
        } while (accept(TokenKind.COMMA));
        return List.copyOf(names);
    }

    /** name_list. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        do {
            names.add(columnId());
        } while (accept(TokenKind.COMMA));
        return List.copyOf(names);
    }

    /** {@code '(' columnList ')'}. */
    List<String> parenthesizedNames() {
        expect(TokenKind.LEFT_PARENTHESIS);
        List<String> names = names();
        expect(TokenKind.RIGHT_PARENTHESIS);
        return names;
    }

    /** {@code opt_column_list}: empty if there is no parenthesis. */
    List<String> optionalParenthesizedNames() {
        return is(TokenKind.LEFT_PARENTHESIS) ? parenthesizedNames() : List.of();
    }
}
