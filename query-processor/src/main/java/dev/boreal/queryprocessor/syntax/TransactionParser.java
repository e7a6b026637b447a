package dev.boreal.queryprocessor.syntax;

import dev.boreal.queryprocessor.syntax.tree.Statement;
import dev.boreal.queryprocessor.syntax.tree.TransactionStatement.Begin;
import dev.boreal.queryprocessor.syntax.tree.TransactionStatement.Commit;
import dev.boreal.queryprocessor.syntax.tree.TransactionStatement.IsolationLevel;
import dev.boreal.queryprocessor.syntax.tree.TransactionStatement.Modes;
import dev.boreal.queryprocessor.syntax.tree.TransactionStatement.Release;
import dev.boreal.queryprocessor.syntax.tree.TransactionStatement.Rollback;
import dev.boreal.queryprocessor.syntax.tree.TransactionStatement.RollbackTo;
import dev.boreal.queryprocessor.syntax.tree.TransactionStatement.Savepoint;
import dev.boreal.queryprocessor.syntax.tree.Unsupported;

/** Beginnings, ends and marks of transactions, and their modes. */
final class TransactionParser {
    private final TokenCursor tokens;

    TransactionParser(Grammar grammar) {
        this.tokens = grammar.tokens;
    }

    Statement statement() {
        int position = tokens.position();
        TokenKind kind = tokens.kind();
        tokens.advance();
        return switch (kind) {
            case BEGIN -> {
                work();
                yield new Begin(false, optionalModes(), position);
            }
            case START -> {
                tokens.expect(TokenKind.TRANSACTION);
                yield new Begin(true, optionalModes(), position);
            }
            case COMMIT -> tokens.accept(TokenKind.PREPARED) ? prepared("COMMIT PREPARED", position) : commit(position);
            case END -> commit(position);
            case ABORT -> {
                work();
                yield new Rollback(chain(), position);
            }
            case SAVEPOINT -> new Savepoint(tokens.columnId(), position);
            case RELEASE -> {
                savepointWord();
                yield new Release(tokens.columnId(), position);
            }
            default -> rollback(position);
        };
    }

    private Statement prepared(String feature, int position) {
        tokens.string();
        return new Unsupported(feature, position);
    }

    private Statement commit(int position) {
        work();
        return new Commit(chain(), position);
    }

    private Statement rollback(int position) {
        if (tokens.accept(TokenKind.PREPARED)) {
            return prepared("ROLLBACK PREPARED", position);
        }
        work();
        if (tokens.accept(TokenKind.TO)) {
            savepointWord();
            return new RollbackTo(tokens.columnId(), position);
        }
        return new Rollback(chain(), position);
    }

    /** The word SAVEPOINT, unless it is the name of one. */
    private void savepointWord() {
        if (tokens.is(TokenKind.SAVEPOINT) && tokens.kind(1).columnId) {
            tokens.advance();
        }
    }

    private void work() {
        if (!tokens.accept(TokenKind.WORK)) {
            tokens.accept(TokenKind.TRANSACTION);
        }
    }

    private boolean chain() {
        if (!tokens.accept(TokenKind.AND)) {
            return false;
        }
        boolean chain = !tokens.accept(TokenKind.NO);
        tokens.expect(TokenKind.CHAIN);
        return chain;
    }

    private Modes optionalModes() {
        return atMode() ? modes() : Modes.NONE;
    }

    private boolean atMode() {
        return switch (tokens.kind()) {
            case ISOLATION, READ, DEFERRABLE, NOT -> true;
            default -> false;
        };
    }

    /** transaction_mode_list: commas between modes may be left out. */
    Modes modes() {
        Modes modes = Modes.NONE;
        do {
            modes = mode(modes);
        } while (tokens.accept(TokenKind.COMMA) || atMode());
        return modes;
    }

    private Modes mode(Modes before) {
        TokenKind kind = tokens.kind();
        return switch (kind) {
            case ISOLATION -> {
                tokens.advance();
                tokens.expect(TokenKind.LEVEL);
                yield new Modes(level(), before.readOnly(), before.deferrable());
            }
            case READ -> {
                tokens.advance();
                boolean readOnly = tokens.accept(TokenKind.ONLY);
                if (!readOnly) {
                    tokens.expect(TokenKind.WRITE);
                }
                yield new Modes(before.isolation(), readOnly, before.deferrable());
            }
            case NOT -> {
                tokens.advance();
                tokens.expect(TokenKind.DEFERRABLE);
                yield new Modes(before.isolation(), before.readOnly(), false);
            }
            default -> {
                tokens.expect(TokenKind.DEFERRABLE);
                yield new Modes(before.isolation(), before.readOnly(), true);
            }
        };
    }

    private IsolationLevel level() {
        if (tokens.accept(TokenKind.SERIALIZABLE)) {
            return IsolationLevel.SERIALIZABLE;
        }
        if (tokens.accept(TokenKind.REPEATABLE)) {
            tokens.expect(TokenKind.READ);
            return IsolationLevel.REPEATABLE_READ;
        }
        tokens.expect(TokenKind.READ);
        if (tokens.accept(TokenKind.UNCOMMITTED)) {
            return IsolationLevel.READ_UNCOMMITTED;
        }
        tokens.expect(TokenKind.COMMITTED);
        return IsolationLevel.READ_COMMITTED;
    }
}
