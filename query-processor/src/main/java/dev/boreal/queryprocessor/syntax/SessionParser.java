package dev.boreal.queryprocessor.syntax;

import dev.boreal.queryprocessor.syntax.tree.Expression;
import dev.boreal.queryprocessor.syntax.tree.PreparableStatement;
import dev.boreal.queryprocessor.syntax.tree.Query;
import dev.boreal.queryprocessor.syntax.tree.SessionStatement.CloseCursor;
import dev.boreal.queryprocessor.syntax.tree.SessionStatement.Deallocate;
import dev.boreal.queryprocessor.syntax.tree.SessionStatement.DeclareCursor;
import dev.boreal.queryprocessor.syntax.tree.SessionStatement.Discard;
import dev.boreal.queryprocessor.syntax.tree.SessionStatement.Execute;
import dev.boreal.queryprocessor.syntax.tree.SessionStatement.Fetch;
import dev.boreal.queryprocessor.syntax.tree.SessionStatement.Fetch.Direction;
import dev.boreal.queryprocessor.syntax.tree.SessionStatement.Listen;
import dev.boreal.queryprocessor.syntax.tree.SessionStatement.Notify;
import dev.boreal.queryprocessor.syntax.tree.SessionStatement.Prepare;
import dev.boreal.queryprocessor.syntax.tree.SessionStatement.Unlisten;
import dev.boreal.queryprocessor.syntax.tree.Statement;
import dev.boreal.queryprocessor.syntax.tree.TypeName;
import dev.boreal.queryprocessor.syntax.tree.Unsupported;
import java.util.List;

/** Prepared statements, cursors, notifications and DISCARD. */
final class SessionParser {
    private final TokenCursor tokens;
    private final Grammar grammar;

    SessionParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    Statement statement() {
        int position = tokens.position();
        TokenKind kind = tokens.kind();
        if (kind == TokenKind.EXECUTE) {
            return execute();
        }
        tokens.advance();
        return switch (kind) {
            case PREPARE -> prepare(position);
            case DEALLOCATE -> deallocate(position);
            case DECLARE -> declare(position);
            case FETCH -> fetch(false, position);
            case MOVE -> fetch(true, position);
            case CLOSE ->
                tokens.accept(TokenKind.ALL)
                        ? new CloseCursor(null, position)
                        : new CloseCursor(tokens.columnId(), position);
            case DISCARD -> discard(position);
            case LISTEN -> new Listen(tokens.columnId(), position);
            case UNLISTEN ->
                tokens.accept(TokenKind.STAR)
                        ? new Unlisten(null, position)
                        : new Unlisten(tokens.columnId(), position);
            default -> {
                String channel = tokens.columnId();
                yield new Notify(channel, tokens.accept(TokenKind.COMMA) ? tokens.string() : null, position);
            }
        };
    }

    private Statement prepare(int position) {
        if (tokens.is(TokenKind.TRANSACTION) && tokens.kind(1) == TokenKind.STRING) {
            tokens.advance();
            tokens.string();
            return new Unsupported("PREPARE TRANSACTION", position);
        }
        String name = tokens.columnId();
        List<TypeName> types = List.of();
        if (tokens.accept(TokenKind.LEFT_PARENTHESIS)) {
            types = grammar.types.types();
            tokens.expect(TokenKind.RIGHT_PARENTHESIS);
        }
        tokens.expect(TokenKind.AS);
        int first = tokens.index();
        PreparableStatement statement = grammar.statements.preparable();
        return new Prepare(name, types, statement, tokens.textSince(first), position);
    }

    /** EXECUTE; also the source of CREATE TABLE AS, and within EXPLAIN. */
    Execute execute() {
        int position = tokens.position();
        tokens.expect(TokenKind.EXECUTE);
        String name = tokens.columnId();
        List<Expression> arguments =
                tokens.is(TokenKind.LEFT_PARENTHESIS) ? grammar.expressions.parenthesizedList() : List.of();
        return new Execute(name, arguments, position);
    }

    private Statement deallocate(int position) {
        tokens.accept(TokenKind.PREPARE);
        return tokens.accept(TokenKind.ALL)
                ? new Deallocate(null, position)
                : new Deallocate(tokens.columnId(), position);
    }

    private DeclareCursor declare(int position) {
        String name = tokens.columnId();
        boolean binary = false;
        boolean insensitive = false;
        boolean asensitive = false;
        Boolean scroll = null;
        boolean more = true;
        while (more) {
            switch (tokens.kind()) {
                case BINARY -> binary = true;
                case INSENSITIVE -> insensitive = true;
                case ASENSITIVE -> asensitive = true;
                case SCROLL -> scroll = true;
                case NO -> {
                    if (tokens.kind(1) != TokenKind.SCROLL) {
                        throw tokens.syntaxErrorAt(1);
                    }
                    tokens.advance();
                    scroll = false;
                }
                default -> more = false;
            }
            if (more) {
                tokens.advance();
            }
        }
        tokens.expect(TokenKind.CURSOR);
        boolean hold = tokens.accept(TokenKind.WITH);
        if (hold || tokens.accept(TokenKind.WITHOUT)) {
            tokens.expect(TokenKind.HOLD);
        }
        tokens.expect(TokenKind.FOR);
        Query query = grammar.statements.query();
        return new DeclareCursor(name, binary, scroll, insensitive, asensitive, hold, query, position);
    }

    /** DECLARE within EXPLAIN. */
    DeclareCursor declareCursor() {
        int position = tokens.position();
        tokens.expect(TokenKind.DECLARE);
        return declare(position);
    }

    private Statement fetch(boolean move, int position) {
        Direction direction = Direction.FORWARD;
        long count = 1;
        boolean named = tokens.kind().columnId && isEnd(tokens.kind(1));
        if (named) {
            return new Fetch(move, tokens.columnId(), direction, count, position);
        }
        switch (tokens.kind()) {
            case NEXT -> tokens.advance();
            case PRIOR -> {
                tokens.advance();
                direction = Direction.BACKWARD;
            }
            case FIRST -> {
                tokens.advance();
                direction = Direction.ABSOLUTE;
            }
            case LAST -> {
                tokens.advance();
                direction = Direction.ABSOLUTE;
                count = -1;
            }
            case ABSOLUTE -> {
                tokens.advance();
                direction = Direction.ABSOLUTE;
                count = tokens.signedInteger();
            }
            case RELATIVE -> {
                tokens.advance();
                direction = Direction.RELATIVE;
                count = tokens.signedInteger();
            }
            case ALL -> {
                tokens.advance();
                count = Long.MAX_VALUE;
            }
            case FORWARD, BACKWARD -> {
                direction = tokens.is(TokenKind.FORWARD) ? Direction.FORWARD : Direction.BACKWARD;
                tokens.advance();
                if (tokens.accept(TokenKind.ALL)) {
                    count = Long.MAX_VALUE;
                } else if (atCount()) {
                    count = tokens.signedInteger();
                }
            }
            default -> count = atCount() ? tokens.signedInteger() : 1;
        }
        if (!tokens.accept(TokenKind.FROM)) {
            tokens.accept(TokenKind.IN);
        }
        return new Fetch(move, tokens.columnId(), direction, count, position);
    }

    private static boolean isEnd(TokenKind kind) {
        return kind == TokenKind.END_OF_INPUT || kind == TokenKind.SEMICOLON;
    }

    private boolean atCount() {
        return tokens.is(TokenKind.INTEGER_LITERAL) || tokens.is(TokenKind.MINUS) || tokens.is(TokenKind.PLUS);
    }

    private Statement discard(int position) {
        TokenKind kind = tokens.kind();
        Discard.What what = switch (kind) {
            case ALL -> Discard.What.ALL;
            case PLANS -> Discard.What.PLANS;
            case SEQUENCES -> Discard.What.SEQUENCES;
            case TEMP, TEMPORARY -> Discard.What.TEMPORARY;
            default -> throw tokens.syntaxError();
        };
        tokens.advance();
        return new Discard(what, position);
    }
}
