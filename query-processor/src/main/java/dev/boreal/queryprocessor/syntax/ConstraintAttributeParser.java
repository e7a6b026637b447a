package dev.boreal.queryprocessor.syntax;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.syntax.tree.Constraint;
import dev.boreal.queryprocessor.syntax.tree.Constraint.Attributes;

/** DEFERRABLE, INITIALLY, NOT VALID and NO INHERIT, and which constraint may have which. */
final class ConstraintAttributeParser {
    private final TokenCursor tokens;

    ConstraintAttributeParser(TokenCursor tokens) {
        this.tokens = tokens;
    }

    /** What was written so far, of one constraint. */
    private static final class Written {
        boolean deferrable;
        boolean notDeferrable;
        boolean deferred;
        boolean immediate;
        boolean notValid;
        boolean noInherit;
    }

    /** ConstraintAttributeSpec of a table constraint of the given kind. */
    Attributes list(String kind) {
        Written written = new Written();
        int position = tokens.position();
        while (true) {
            int start = tokens.position();
            if (tokens.accept(TokenKind.NOT)) {
                if (tokens.accept(TokenKind.VALID)) {
                    written.notValid = true;
                } else {
                    tokens.expect(TokenKind.DEFERRABLE);
                    written.notDeferrable = true;
                }
            } else if (tokens.accept(TokenKind.NO)) {
                tokens.expect(TokenKind.INHERIT);
                written.noInherit = true;
            } else if (!takeDeferral(written)) {
                break;
            }
            if ((written.deferrable && written.notDeferrable) || (written.deferred && written.immediate)) {
                throw SyntaxErrors.at("conflicting constraint properties", start);
            }
            if (written.notDeferrable && written.deferred) {
                throw SyntaxErrors.at("constraint declared INITIALLY DEFERRED must be DEFERRABLE", start);
            }
        }
        return checked(kind, written, position);
    }

    private boolean takeDeferral(Written written) {
        if (tokens.accept(TokenKind.DEFERRABLE)) {
            written.deferrable = true;
            return true;
        }
        if (tokens.accept(TokenKind.INITIALLY)) {
            if (tokens.accept(TokenKind.DEFERRED)) {
                written.deferred = true;
            } else {
                tokens.expect(TokenKind.IMMEDIATE);
                written.immediate = true;
            }
            return true;
        }
        return false;
    }

    private static Attributes checked(String kind, Written written, int position) {
        boolean check = kind.equals("CHECK");
        boolean foreignKey = kind.equals("FOREIGN KEY");
        if (check && (written.deferrable || written.deferred)) {
            throw refused(kind, "DEFERRABLE", position);
        }
        if (written.notValid && !check && !foreignKey) {
            throw refused(kind, "NOT VALID", position);
        }
        if (written.noInherit && !check) {
            throw refused(kind, "NO INHERIT", position);
        }
        return new Attributes(
                written.deferrable || written.deferred, written.deferred, written.notValid, written.noInherit);
    }

    private static SqlException refused(String kind, String attribute, int position) {
        return SyntaxErrors.at(
                SqlState.FEATURE_NOT_SUPPORTED, kind + " constraints cannot be marked " + attribute, position);
    }

    /** Whether an attribute stands where a column constraint could begin. */
    boolean atColumnAttribute() {
        return switch (tokens.kind()) {
            case DEFERRABLE, INITIALLY -> true;
            case NOT -> tokens.kind(1) == TokenKind.DEFERRABLE;
            default -> false;
        };
    }

    SqlException misplaced() {
        String clause = switch (tokens.kind()) {
            case DEFERRABLE -> "DEFERRABLE";
            case NOT -> "NOT DEFERRABLE";
            default -> tokens.kind(1) == TokenKind.DEFERRED ? "INITIALLY DEFERRED" : "INITIALLY IMMEDIATE";
        };
        return SyntaxErrors.at("misplaced " + clause + " clause", tokens.position());
    }

    /** Adds the attributes that follow a column constraint, if it is of a kind that has them. */
    Constraint attach(Constraint constraint) {
        if (!atColumnAttribute()) {
            return constraint;
        }
        return switch (constraint) {
            case Constraint.Unique unique ->
                new Constraint.Unique(
                        unique.name(),
                        unique.columns(),
                        unique.nullsNotDistinct(),
                        unique.index(),
                        ofColumn(),
                        unique.position());
            case Constraint.PrimaryKey key ->
                new Constraint.PrimaryKey(key.name(), key.columns(), key.index(), ofColumn(), key.position());
            case Constraint.ForeignKey key -> key.with(ofColumn());
            default -> throw misplaced();
        };
    }

    private Attributes ofColumn() {
        Written written = new Written();
        boolean more = true;
        while (more) {
            int position = tokens.position();
            if (tokens.is(TokenKind.NOT, TokenKind.DEFERRABLE)) {
                if (written.deferrable || written.notDeferrable) {
                    throw SyntaxErrors.at("multiple DEFERRABLE/NOT DEFERRABLE clauses not allowed", position);
                }
                tokens.advance();
                tokens.advance();
                written.notDeferrable = true;
            } else if (tokens.is(TokenKind.DEFERRABLE) && (written.deferrable || written.notDeferrable)) {
                throw SyntaxErrors.at("multiple DEFERRABLE/NOT DEFERRABLE clauses not allowed", position);
            } else if (tokens.is(TokenKind.INITIALLY) && (written.deferred || written.immediate)) {
                throw SyntaxErrors.at("multiple INITIALLY IMMEDIATE/DEFERRED clauses not allowed", position);
            } else {
                more = takeDeferral(written);
            }
            if (written.notDeferrable && written.deferred) {
                throw SyntaxErrors.at("constraint declared INITIALLY DEFERRED must be DEFERRABLE", position);
            }
        }
        return new Attributes(written.deferrable || written.deferred, written.deferred, false, false);
    }
}
