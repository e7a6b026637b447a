package dev.boreal.queryprocessor.syntax;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.queryprocessor.syntax.tree.Expression;
import dev.boreal.queryprocessor.syntax.tree.SortItem;
import dev.boreal.queryprocessor.syntax.tree.WindowDefinition;
import dev.boreal.queryprocessor.syntax.tree.WindowDefinition.Bound;
import dev.boreal.queryprocessor.syntax.tree.WindowDefinition.BoundKind;
import dev.boreal.queryprocessor.syntax.tree.WindowDefinition.Exclusion;
import dev.boreal.queryprocessor.syntax.tree.WindowDefinition.Frame;
import dev.boreal.queryprocessor.syntax.tree.WindowDefinition.Mode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** OVER and the WINDOW clause. */
final class WindowParser {
    private static final String WINDOWING_ERROR = "42P20";

    private final TokenCursor tokens;
    private final Grammar grammar;

    WindowParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    /** {@code OVER name} or {@code OVER (...)}. */
    WindowDefinition over() {
        tokens.expect(TokenKind.OVER);
        int position = tokens.position();
        if (tokens.is(TokenKind.LEFT_PARENTHESIS)) {
            return specification(null, position);
        }
        return new WindowDefinition(tokens.columnId(), null, List.of(), List.of(), null, position);
    }

    /** The WINDOW clause; empty if there is none. */
    List<WindowDefinition> clause() {
        if (!tokens.accept(TokenKind.WINDOW)) {
            return List.of();
        }
        List<WindowDefinition> windows = new ArrayList<>();
        do {
            int position = tokens.position();
            String name = tokens.columnId();
            tokens.expect(TokenKind.AS);
            windows.add(specification(name, position));
        } while (tokens.accept(TokenKind.COMMA));
        return List.copyOf(windows);
    }

    private WindowDefinition specification(@Nullable String name, int position) {
        tokens.expect(TokenKind.LEFT_PARENTHESIS);
        String base = switch (tokens.kind()) {
            case PARTITION, RANGE, ROWS, GROUPS -> null;
            default -> tokens.kind().columnId ? tokens.columnId() : null;
        };
        List<Expression> partitionBy = List.of();
        if (tokens.accept(TokenKind.PARTITION)) {
            tokens.expect(TokenKind.BY);
            partitionBy = grammar.expressions.expressionList();
        }
        List<SortItem> orderBy = tokens.is(TokenKind.ORDER) ? grammar.queries.orderBy() : List.of();
        Frame frame = frame();
        tokens.expect(TokenKind.RIGHT_PARENTHESIS);
        return new WindowDefinition(name, base, partitionBy, orderBy, frame, position);
    }

    private @Nullable Frame frame() {
        Mode mode = switch (tokens.kind()) {
            case ROWS -> Mode.ROWS;
            case RANGE -> Mode.RANGE;
            case GROUPS -> Mode.GROUPS;
            default -> null;
        };
        if (mode == null) {
            return null;
        }
        tokens.advance();
        Bound start;
        Bound end = null;
        if (tokens.accept(TokenKind.BETWEEN)) {
            int startPosition = tokens.position();
            start = bound();
            tokens.expect(TokenKind.AND);
            int endPosition = tokens.position();
            end = bound();
            check(start, end, startPosition, endPosition);
        } else {
            int position = tokens.position();
            start = bound();
            checkAlone(start, position);
        }
        return new Frame(mode, start, end, exclusion());
    }

    private Bound bound() {
        if (tokens.accept(TokenKind.CURRENT)) {
            tokens.expect(TokenKind.ROW);
            return new Bound(BoundKind.CURRENT_ROW, null);
        }
        if (tokens.is(TokenKind.UNBOUNDED)
                && (tokens.kind(1) == TokenKind.PRECEDING || tokens.kind(1) == TokenKind.FOLLOWING)) {
            tokens.advance();
            return new Bound(isPreceding() ? BoundKind.UNBOUNDED_PRECEDING : BoundKind.UNBOUNDED_FOLLOWING, null);
        }
        Expression offset = grammar.expressions.expression();
        return new Bound(isPreceding() ? BoundKind.OFFSET_PRECEDING : BoundKind.OFFSET_FOLLOWING, offset);
    }

    private boolean isPreceding() {
        if (tokens.accept(TokenKind.PRECEDING)) {
            return true;
        }
        tokens.expect(TokenKind.FOLLOWING);
        return false;
    }

    private static void checkAlone(Bound start, int position) {
        if (start.kind() == BoundKind.UNBOUNDED_FOLLOWING) {
            throw error("frame start cannot be UNBOUNDED FOLLOWING", position);
        }
        if (start.kind() == BoundKind.OFFSET_FOLLOWING) {
            throw error("frame starting from following row cannot end with current row", position);
        }
    }

    private static void check(Bound start, Bound end, int startPosition, int endPosition) {
        if (start.kind() == BoundKind.UNBOUNDED_FOLLOWING) {
            throw error("frame start cannot be UNBOUNDED FOLLOWING", startPosition);
        }
        if (end.kind() == BoundKind.UNBOUNDED_PRECEDING) {
            throw error("frame end cannot be UNBOUNDED PRECEDING", endPosition);
        }
        if (start.kind() == BoundKind.CURRENT_ROW && end.kind() == BoundKind.OFFSET_PRECEDING) {
            throw error("frame starting from current row cannot have preceding rows", endPosition);
        }
        if (start.kind() == BoundKind.OFFSET_FOLLOWING
                && (end.kind() == BoundKind.OFFSET_PRECEDING || end.kind() == BoundKind.CURRENT_ROW)) {
            throw error("frame starting from following row cannot have preceding rows", endPosition);
        }
    }

    private static SqlException error(String message, int position) {
        return SyntaxErrors.at(WINDOWING_ERROR, message, position);
    }

    private Exclusion exclusion() {
        if (!tokens.accept(TokenKind.EXCLUDE)) {
            return Exclusion.NO_OTHERS;
        }
        return switch (tokens.kind()) {
            case CURRENT -> {
                tokens.advance();
                tokens.expect(TokenKind.ROW);
                yield Exclusion.CURRENT_ROW;
            }
            case GROUP -> {
                tokens.advance();
                yield Exclusion.GROUP;
            }
            case TIES -> {
                tokens.advance();
                yield Exclusion.TIES;
            }
            default -> {
                tokens.expect(TokenKind.NO);
                tokens.expect(TokenKind.OTHERS);
                yield Exclusion.NO_OTHERS;
            }
        };
    }
}
