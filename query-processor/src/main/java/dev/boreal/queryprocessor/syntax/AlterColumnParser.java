package dev.boreal.queryprocessor.syntax;

import dev.boreal.queryprocessor.syntax.tree.AlterTable;
import dev.boreal.queryprocessor.syntax.tree.AlterTable.Action;
import dev.boreal.queryprocessor.syntax.tree.Expression;
import dev.boreal.queryprocessor.syntax.tree.QualifiedName;
import dev.boreal.queryprocessor.syntax.tree.SequenceOption;
import dev.boreal.queryprocessor.syntax.tree.TypeName;
import java.util.ArrayList;
import java.util.List;

/** What follows {@code ALTER COLUMN}. */
final class AlterColumnParser {
    private final TokenCursor tokens;
    private final Grammar grammar;

    AlterColumnParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    Action action(int position) {
        if (tokens.is(TokenKind.INTEGER_LITERAL)) {
            String number = tokens.number();
            tokens.expect(TokenKind.SET, TokenKind.STATISTICS);
            return new AlterTable.SetStatistics(number, tokens.signedNumber(), position);
        }
        String column = tokens.columnId();
        TokenKind kind = tokens.kind();
        return switch (kind) {
            case DROP -> drop(column, position);
            case TYPE -> {
                tokens.advance();
                yield type(column, position);
            }
            case SET -> set(column, position);
            case RESET -> {
                tokens.advance();
                yield new AlterTable.SetColumnOptions(
                        column, true, grammar.statements.options().parenthesizedDefinition(), position);
            }
            case ADD -> addIdentity(column, position);
            case RESTART -> identity(column, position);
            default -> throw tokens.syntaxError();
        };
    }

    private Action drop(String column, int position) {
        tokens.advance();
        return switch (tokens.kind()) {
            case DEFAULT -> {
                tokens.advance();
                yield new AlterTable.SetDefault(column, null, position);
            }
            case NOT -> {
                tokens.advance();
                tokens.expect(TokenKind.NULL);
                yield new AlterTable.SetNotNull(column, false, position);
            }
            case EXPRESSION -> {
                tokens.advance();
                yield new AlterTable.DropExpression(column, ifExists(), position);
            }
            default -> {
                tokens.expect(TokenKind.IDENTITY);
                yield new AlterTable.DropIdentity(column, ifExists(), position);
            }
        };
    }

    private boolean ifExists() {
        if (!tokens.accept(TokenKind.IF)) {
            return false;
        }
        tokens.expect(TokenKind.EXISTS);
        return true;
    }

    private Action type(String column, int position) {
        TypeName type = grammar.types.type();
        QualifiedName collation = tokens.accept(TokenKind.COLLATE) ? tokens.anyName() : null;
        Expression using = tokens.accept(TokenKind.USING) ? grammar.expressions.expression() : null;
        return new AlterTable.SetType(column, type, collation, using, position);
    }

    private Action set(String column, int position) {
        return switch (tokens.kind(1)) {
            case DEFAULT -> {
                skip(2);
                yield new AlterTable.SetDefault(column, grammar.expressions.expression(), position);
            }
            case NOT -> {
                skip(2);
                tokens.expect(TokenKind.NULL);
                yield new AlterTable.SetNotNull(column, true, position);
            }
            case DATA -> {
                skip(2);
                tokens.expect(TokenKind.TYPE);
                yield type(column, position);
            }
            case STATISTICS -> {
                skip(2);
                yield new AlterTable.SetStatistics(column, tokens.signedNumber(), position);
            }
            case STORAGE -> {
                skip(2);
                yield new AlterTable.SetStorage(column, tokens.columnId(), position);
            }
            case COMPRESSION -> {
                skip(2);
                String method = tokens.accept(TokenKind.DEFAULT) ? "default" : tokens.columnId();
                yield new AlterTable.SetCompression(column, method, position);
            }
            case LEFT_PARENTHESIS -> {
                skip(1);
                yield new AlterTable.SetColumnOptions(
                        column, false, grammar.statements.options().parenthesizedDefinition(), position);
            }
            default -> {
                yield identity(column, position);
            }
        };
    }

    private void skip(int count) {
        for (int i = 0; i < count; i++) {
            tokens.advance();
        }
    }

    private Action addIdentity(String column, int position) {
        tokens.advance();
        tokens.expect(TokenKind.GENERATED);
        boolean always = new ConstraintParser(grammar).generatedWhen();
        tokens.expect(TokenKind.AS, TokenKind.IDENTITY);
        return new AlterTable.AddIdentity(column, always, new SequenceParser(grammar).parenthesized(), position);
    }

    private Action identity(String column, int position) {
        SequenceParser sequences = new SequenceParser(grammar);
        List<SequenceOption> options = new ArrayList<>();
        Boolean always = null;
        while (tokens.is(TokenKind.SET) || tokens.is(TokenKind.RESTART)) {
            boolean set = tokens.accept(TokenKind.SET);
            if (set && tokens.accept(TokenKind.GENERATED)) {
                always = new ConstraintParser(grammar).generatedWhen();
                continue;
            }
            SequenceOption option = sequences.option();
            if (option == null) {
                throw tokens.syntaxError();
            }
            options.add(option);
        }
        return new AlterTable.SetIdentity(column, always, List.copyOf(options), position);
    }
}
