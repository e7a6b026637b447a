package dev.boreal.queryprocessor.syntax;

import dev.boreal.queryprocessor.syntax.tree.Expression;
import dev.boreal.queryprocessor.syntax.tree.Option;
import dev.boreal.queryprocessor.syntax.tree.Option.Value;
import dev.boreal.queryprocessor.syntax.tree.PreparableStatement;
import dev.boreal.queryprocessor.syntax.tree.QualifiedName;
import dev.boreal.queryprocessor.syntax.tree.UtilityStatement.Copy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** COPY with its options, new and old. */
final class CopyParser {
    private final TokenCursor tokens;
    private final Grammar grammar;

    CopyParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    Copy statement() {
        int position = tokens.position();
        tokens.expect(TokenKind.COPY);
        if (tokens.is(TokenKind.LEFT_PARENTHESIS)) {
            return ofQuery(position);
        }
        List<Option> leading = new ArrayList<>();
        int start = tokens.position();
        if (tokens.accept(TokenKind.BINARY)) {
            leading.add(word("format", "binary", start));
        }
        QualifiedName table = tokens.relationName();
        List<String> columns = tokens.optionalParenthesizedNames();
        boolean from = tokens.accept(TokenKind.FROM);
        if (!from) {
            tokens.expect(TokenKind.TO);
        }
        Target target = target();
        Option delimiter = delimiters();
        if (delimiter != null) {
            leading.add(delimiter);
        }
        leading.addAll(options());
        Expression where = null;
        if (tokens.is(TokenKind.WHERE)) {
            int wherePosition = tokens.position();
            tokens.advance();
            where = grammar.expressions.expression();
            if (!from) {
                throw SyntaxErrors.at("WHERE clause not allowed with COPY TO", wherePosition);
            }
        }
        return new Copy(table, columns, null, from, target.file, target.program, List.copyOf(leading), where, position);
    }

    private Copy ofQuery(int position) {
        tokens.expect(TokenKind.LEFT_PARENTHESIS);
        PreparableStatement query = grammar.statements.preparable();
        tokens.expect(TokenKind.RIGHT_PARENTHESIS);
        tokens.expect(TokenKind.TO);
        Target target = target();
        return new Copy(null, List.of(), query, false, target.file, target.program, options(), null, position);
    }

    private record Target(@Nullable String file, boolean program) {}

    private Target target() {
        boolean program = tokens.accept(TokenKind.PROGRAM);
        if (tokens.is(TokenKind.STRING)) {
            return new Target(tokens.string(), program);
        }
        if (tokens.is(TokenKind.STDIN) || tokens.is(TokenKind.STDOUT)) {
            tokens.advance();
            if (program) {
                throw SyntaxErrors.at("STDIN/STDOUT not allowed with PROGRAM", 0);
            }
            return new Target(null, false);
        }
        throw tokens.syntaxError();
    }

    private @Nullable Option delimiters() {
        int position = tokens.position();
        if (tokens.is(TokenKind.USING)) {
            tokens.advance();
            tokens.expect(TokenKind.DELIMITERS);
        } else if (!tokens.accept(TokenKind.DELIMITERS)) {
            return null;
        }
        return new Option(null, "delimiter", new Value.Text(tokens.string(), true), position);
    }

    /** copy_options: either syntax, with or without WITH. */
    private List<Option> options() {
        tokens.accept(TokenKind.WITH);
        if (tokens.is(TokenKind.LEFT_PARENTHESIS)) {
            return grammar.statements.options().parenthesizedCopy();
        }
        List<Option> options = new ArrayList<>();
        Option option = oldOption();
        while (option != null) {
            options.add(option);
            option = oldOption();
        }
        return List.copyOf(options);
    }

    private @Nullable Option oldOption() {
        int position = tokens.position();
        TokenKind kind = tokens.kind();
        return switch (kind) {
            case BINARY, CSV -> {
                tokens.advance();
                yield word("format", kind == TokenKind.CSV ? "csv" : "binary", position);
            }
            case FREEZE, HEADER -> {
                tokens.advance();
                yield word(kind == TokenKind.FREEZE ? "freeze" : "header", "true", position);
            }
            case DELIMITER, NULL, QUOTE, ESCAPE -> {
                tokens.advance();
                tokens.accept(TokenKind.AS);
                String name = kind.name().toLowerCase(Locale.ROOT);
                yield new Option(null, name, new Value.Text(tokens.string(), true), position);
            }
            case ENCODING -> {
                tokens.advance();
                yield new Option(null, "encoding", new Value.Text(tokens.string(), true), position);
            }
            case FORCE -> {
                tokens.advance();
                yield force(position);
            }
            default -> {
                yield null;
            }
        };
    }

    private Option force(int position) {
        if (tokens.accept(TokenKind.QUOTE)) {
            Value columns = tokens.accept(TokenKind.STAR) ? new Value.Star() : new Value.Texts(tokens.names());
            return new Option(null, "force_quote", columns, position);
        }
        boolean not = tokens.accept(TokenKind.NOT);
        tokens.expect(TokenKind.NULL);
        String name = not ? "force_not_null" : "force_null";
        return new Option(null, name, new Value.Texts(tokens.names()), position);
    }

    private static Option word(String name, String value, int position) {
        return new Option(null, name, new Value.Text(value, false), position);
    }
}
