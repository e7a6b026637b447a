package dev.boreal.queryprocessor.syntax;

import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.syntax.tree.IntervalFields;
import dev.boreal.queryprocessor.syntax.tree.Literal.IntegerLiteral;
import dev.boreal.queryprocessor.syntax.tree.QualifiedName;
import dev.boreal.queryprocessor.syntax.tree.SessionStatement.Reset;
import dev.boreal.queryprocessor.syntax.tree.SessionStatement.SetFromCurrent;
import dev.boreal.queryprocessor.syntax.tree.SessionStatement.SetParameter;
import dev.boreal.queryprocessor.syntax.tree.SessionStatement.SettingValue;
import dev.boreal.queryprocessor.syntax.tree.SessionStatement.Show;
import dev.boreal.queryprocessor.syntax.tree.Statement;
import dev.boreal.queryprocessor.syntax.tree.TransactionStatement.Modes;
import dev.boreal.queryprocessor.syntax.tree.TransactionStatement.SetConstraints;
import dev.boreal.queryprocessor.syntax.tree.TransactionStatement.SetTransaction;
import dev.boreal.queryprocessor.syntax.tree.TypeName;
import java.util.ArrayList;
import java.util.List;

/** SET, RESET and SHOW in all their forms. */
final class SettingParser {
    private final TokenCursor tokens;
    private final Grammar grammar;

    SettingParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    Statement statement() {
        int position = tokens.position();
        if (tokens.accept(TokenKind.SHOW)) {
            return tokens.accept(TokenKind.ALL) ? new Show(null, position) : new Show(shownName(), position);
        }
        return tokens.is(TokenKind.RESET) ? reset() : set(position);
    }

    private String shownName() {
        if (tokens.accept(TokenKind.TIME, TokenKind.ZONE)) {
            return "timezone";
        }
        if (tokens.accept(TokenKind.TRANSACTION, TokenKind.ISOLATION)) {
            tokens.expect(TokenKind.LEVEL);
            return "transaction_isolation";
        }
        if (tokens.accept(TokenKind.SESSION, TokenKind.AUTHORIZATION)) {
            return "session_authorization";
        }
        return name();
    }

    /** RESET ...; also within ALTER ROLE. */
    Reset reset() {
        int position = tokens.position();
        tokens.expect(TokenKind.RESET);
        return tokens.accept(TokenKind.ALL) ? new Reset(null, position) : new Reset(shownName(), position);
    }

    /** var_name. */
    private String name() {
        String name = tokens.columnId();
        if (!tokens.is(TokenKind.DOT)) {
            return name;
        }
        StringBuilder dotted = new StringBuilder(name);
        while (tokens.accept(TokenKind.DOT)) {
            dotted.append('.').append(tokens.columnId());
        }
        return dotted.toString();
    }

    private Statement set(int position) {
        tokens.expect(TokenKind.SET);
        if (tokens.accept(TokenKind.CONSTRAINTS)) {
            return constraints(position);
        }
        boolean local = false;
        if (tokens.is(TokenKind.LOCAL)) {
            tokens.advance();
            local = true;
        } else if (tokens.is(TokenKind.SESSION)) {
            if (tokens.kind(1) == TokenKind.CHARACTERISTICS) {
                tokens.advance();
                tokens.advance();
                tokens.expect(TokenKind.AS, TokenKind.TRANSACTION);
                return new SetTransaction(true, new TransactionParser(grammar).modes(), null, position);
            }
            if (tokens.kind(1) != TokenKind.AUTHORIZATION && !isAssignment(1)) {
                tokens.advance();
            }
        }
        if (tokens.is(TokenKind.TRANSACTION) && !isAssignment(1)) {
            tokens.advance();
            return transaction(position);
        }
        return rest(local, position);
    }

    private boolean isAssignment(int ahead) {
        return switch (tokens.kind(ahead)) {
            case EQUAL, TO, DOT -> true;
            case FROM -> tokens.kind(ahead + 1) == TokenKind.CURRENT;
            default -> false;
        };
    }

    private Statement constraints(int position) {
        List<QualifiedName> names = tokens.accept(TokenKind.ALL) ? List.of() : tokens.relationNames();
        boolean deferred = tokens.accept(TokenKind.DEFERRED);
        if (!deferred) {
            tokens.expect(TokenKind.IMMEDIATE);
        }
        return new SetConstraints(names, deferred, position);
    }

    private Statement transaction(int position) {
        if (tokens.accept(TokenKind.SNAPSHOT)) {
            return new SetTransaction(false, Modes.NONE, tokens.string(), position);
        }
        return new SetTransaction(false, new TransactionParser(grammar).modes(), null, position);
    }

    /** set_rest_more and what else may follow SET within ALTER ROLE and CREATE FUNCTION. */
    Statement rest(boolean local, int position) {
        if (!isAssignment(1)) {
            switch (tokens.kind()) {
                case TIME -> {
                    tokens.advance();
                    tokens.expect(TokenKind.ZONE);
                    return new SetParameter("timezone", zone(), local, position);
                }
                case SCHEMA -> {
                    tokens.advance();
                    return new SetParameter("search_path", List.of(string()), local, position);
                }
                case NAMES -> {
                    tokens.advance();
                    return new SetParameter("client_encoding", encoding(), local, position);
                }
                case ROLE -> {
                    tokens.advance();
                    return new SetParameter("role", List.of(wordOrString()), local, position);
                }
                case SESSION -> {
                    tokens.advance();
                    tokens.expect(TokenKind.AUTHORIZATION);
                    List<SettingValue> values = tokens.accept(TokenKind.DEFAULT) ? List.of() : List.of(wordOrString());
                    return new SetParameter("session_authorization", values, local, position);
                }
                case XML -> {
                    tokens.advance();
                    tokens.expect(TokenKind.OPTION);
                    return new SetParameter("xmloption", List.of(xmlOption()), local, position);
                }
                case CATALOG -> {
                    int start = tokens.position(1);
                    tokens.advance();
                    tokens.string();
                    throw SyntaxErrors.at(SqlState.FEATURE_NOT_SUPPORTED, "current database cannot be changed", start);
                }
                default -> {}
            }
        }
        String name = name();
        if (tokens.accept(TokenKind.FROM)) {
            tokens.expect(TokenKind.CURRENT);
            return new SetFromCurrent(name, local, position);
        }
        if (!tokens.accept(TokenKind.EQUAL)) {
            tokens.expect(TokenKind.TO);
        }
        return new SetParameter(name, tokens.accept(TokenKind.DEFAULT) ? List.of() : values(), local, position);
    }

    private SettingValue xmlOption() {
        int position = tokens.position();
        String option = tokens.is(TokenKind.DOCUMENT) ? "DOCUMENT" : "CONTENT";
        if (!tokens.accept(TokenKind.DOCUMENT)) {
            tokens.expect(TokenKind.CONTENT);
        }
        return new SettingValue(SettingValue.Kind.WORD, option, null, position);
    }

    private List<SettingValue> encoding() {
        if (tokens.is(TokenKind.STRING)) {
            return List.of(string());
        }
        tokens.accept(TokenKind.DEFAULT);
        return List.of();
    }

    /** zone_value. */
    private List<SettingValue> zone() {
        int position = tokens.position();
        if (tokens.accept(TokenKind.DEFAULT) || tokens.accept(TokenKind.LOCAL)) {
            return List.of();
        }
        if (tokens.is(TokenKind.STRING)) {
            return List.of(string());
        }
        if (tokens.accept(TokenKind.INTERVAL)) {
            return List.of(intervalZone(position));
        }
        if (tokens.is(TokenKind.IDENTIFIER)) {
            return List.of(new SettingValue(SettingValue.Kind.WORD, tokens.columnId(), null, position));
        }
        return List.of(new SettingValue(SettingValue.Kind.NUMBER, tokens.signedNumber(), null, position));
    }

    private SettingValue intervalZone(int position) {
        Integer precision = tokens.is(TokenKind.LEFT_PARENTHESIS) ? grammar.types.parenthesizedInteger() : null;
        String text = tokens.string();
        int fieldsPosition = tokens.position();
        boolean hours = tokens.is(TokenKind.HOUR);
        TypeName type = precision == null
                ? grammar.types.intervalWithFields(position)
                : grammar.types.interval(null, precision, position);
        boolean fields = !type.modifiers().isEmpty() && precision == null;
        if (fields && (!hours || isBeyondMinutes(type))) {
            throw SyntaxErrors.at("time zone interval must be HOUR or HOUR TO MINUTE", fieldsPosition);
        }
        return new SettingValue(SettingValue.Kind.INTERVAL, text, type, position);
    }

    private static boolean isBeyondMinutes(TypeName type) {
        return type.modifiers().getFirst() instanceof IntegerLiteral mask
                && mask.value() != IntervalFields.HOUR.mask()
                && mask.value() != IntervalFields.HOUR_TO_MINUTE.mask();
    }

    private SettingValue string() {
        int position = tokens.position();
        return new SettingValue(SettingValue.Kind.STRING, tokens.string(), null, position);
    }

    private SettingValue wordOrString() {
        if (tokens.is(TokenKind.STRING)) {
            return string();
        }
        int position = tokens.position();
        return new SettingValue(SettingValue.Kind.WORD, tokens.nonReservedWord(), null, position);
    }

    private List<SettingValue> values() {
        List<SettingValue> values = new ArrayList<>(1);
        do {
            values.add(value());
        } while (tokens.accept(TokenKind.COMMA));
        return List.copyOf(values);
    }

    /** var_value. */
    private SettingValue value() {
        int position = tokens.position();
        if (tokens.is(TokenKind.STRING)) {
            return string();
        }
        switch (tokens.kind()) {
            case TRUE, FALSE, ON -> {
                return new SettingValue(SettingValue.Kind.WORD, tokens.columnLabel(), null, position);
            }
            default -> {}
        }
        return tokens.kind().nonReserved
                ? wordOrString()
                : new SettingValue(SettingValue.Kind.NUMBER, tokens.signedNumber(), null, position);
    }
}
