package dev.boreal.queryprocessor.session;

import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.execute.Execution;
import dev.boreal.queryprocessor.execute.ModifyOperator;
import dev.boreal.queryprocessor.execute.Operator;
import dev.boreal.queryprocessor.plan.Plan;
import dev.boreal.queryprocessor.syntax.ParsedStatement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement with its parameters, and where it stands. Made by Bind or DECLARE, ends with its transaction. One thread at
 * a time.
 */
final class Portal implements AutoCloseable {
    private final String name;
    private final @Nullable ParsedStatement statement;
    private final @Nullable Plan plan;
    private final @Nullable Object[] parameters;
    private final short[] resultFormats;
    private Operator.@Nullable Cursor cursor;
    private @Nullable Execution execution;
    private final List<@Nullable Object[]> fetched = new ArrayList<>();
    private long position;
    private long rowsSent;
    private boolean ended;
    private boolean scrollable;
    private boolean forwardOnly;
    private boolean holdable;
    private boolean held;
    private final long madeAtMicros;

    /**
     * @param statement null for an empty string
     * @param plan null for statements that are not planned
     */
    Portal(
            String name,
            @Nullable ParsedStatement statement,
            @Nullable Plan plan,
            @Nullable Object[] parameters,
            short[] resultFormats,
            long madeAtMicros) {
        this.madeAtMicros = madeAtMicros;
        this.name = name;
        this.statement = statement;
        this.plan = plan;
        this.parameters = parameters;
        this.resultFormats = resultFormats;
    }

    /** A cursor: made by DECLARE. */
    Portal asCursor(boolean scroll, boolean noScroll, boolean hold) {
        scrollable = scroll;
        forwardOnly = noScroll;
        holdable = hold;
        return this;
    }

    String name() {
        return name;
    }

    /** What it was made from. */
    String text() {
        return statement == null ? "" : statement.text();
    }

    boolean scrollable() {
        return scrollable;
    }

    boolean forwardOnly() {
        return forwardOnly;
    }

    /** Whether it outlives its transaction. */
    boolean holdable() {
        return holdable;
    }

    long madeAtMicros() {
        return madeAtMicros;
    }

    @Nullable ParsedStatement statement() {
        return statement;
    }

    @Nullable Plan plan() {
        return plan;
    }

    @Nullable Object[] parameters() {
        return parameters;
    }

    short[] resultFormats() {
        return resultFormats;
    }

    /** Whether its transaction is over and its rows are kept here. */
    boolean held() {
        return held;
    }

    /** Takes all rows that are left, so that no transaction is needed for them. */
    void hold(java.util.function.Supplier<Execution> make, Plan running) {
        if (!held) {
            at(Integer.MAX_VALUE, execution(make), running);
            close();
            held = true;
        }
    }

    boolean started() {
        return cursor != null || ended;
    }

    boolean ended() {
        return ended;
    }

    /** The execution of this portal, made on first use. */
    @Nullable Execution execution(java.util.function.Supplier<Execution> make) {
        if (execution == null && !held) {
            execution = make.get();
        }
        return execution;
    }

    /** The next row, or null at the end. */
    @Nullable Object @Nullable [] next(@Nullable Execution execution, Plan running) {
        if (ended) {
            return null;
        }
        if (cursor == null) {
            cursor = java.util.Objects.requireNonNull(execution).open(running.root());
        }
        @Nullable Object[] row = cursor.next();
        if (row == null) {
            ended = true;
        } else {
            rowsSent++;
        }
        return row;
    }

    // Scrolling -------------------------------------------------------------------------------------------------

    /** Takes the rows that a FETCH gives. */
    interface RowTaker {
        void take(@Nullable Object[] row);
    }

    /** Row {@code place} (from 1) of a cursor, pulled and kept if need be; null behind the end. */
    private @Nullable Object @Nullable [] at(long place, @Nullable Execution execution, Plan running) {
        while (fetched.size() < place) {
            @Nullable Object[] row = next(execution, running);
            if (row == null) {
                return null;
            }
            fetched.add(row);
        }
        return fetched.get((int) place - 1);
    }

    /** FETCH FORWARD; a negative count goes backward, 0 gives the current row again. */
    long forward(long count, @Nullable Execution execution, Plan running, RowTaker taker) {
        if (count < 0) {
            return backward(-count, taker);
        }
        if (count == 0) {
            requireScroll();
            return current(taker);
        }
        long given = 0;
        while (given < count) {
            @Nullable Object[] row = at(position + 1, execution, running);
            position = Math.min(position + 1, fetched.size() + 1L);
            if (row == null) {
                break;
            }
            taker.take(row);
            given++;
        }
        return given;
    }

    private long current(RowTaker taker) {
        if (position < 1 || position > fetched.size()) {
            return 0;
        }
        taker.take(fetched.get((int) position - 1));
        return 1;
    }

    private void requireScroll() {
        if (forwardOnly) {
            throw new SqlException(
                    SqlError.error(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, "cursor can only scan forward")
                            .withHint("Declare it with SCROLL option to enable backward scan."));
        }
    }

    /** FETCH BACKWARD. */
    long backward(long count, RowTaker taker) {
        requireScroll();
        if (count == 0) {
            return current(taker);
        }
        long given = 0;
        while (given < count && position > 0) {
            position--;
            if (position == 0) {
                break;
            }
            taker.take(fetched.get((int) position - 1));
            given++;
        }
        return given;
    }

    /** FETCH ABSOLUTE; negative counts from the end. */
    long absolute(long place, @Nullable Execution execution, Plan running, RowTaker taker) {
        long target = place;
        if (place < 0 || place <= position) {
            requireScroll();
        }
        if (place < 0) {
            at(Integer.MAX_VALUE, execution, running);
            target = Math.max(0, fetched.size() + 1 + place);
        }
        @Nullable Object[] row = target == 0 ? null : at(target, execution, running);
        position = row == null && target > 0 ? fetched.size() + 1L : target;
        if (row == null) {
            return 0;
        }
        taker.take(row);
        return 1;
    }

    /** FETCH RELATIVE. */
    long relative(long count, @Nullable Execution execution, Plan running, RowTaker taker) {
        return absolute(Math.max(0, position + count), execution, running, taker);
    }

    /** What the command tag counts: rows changed, or rows given. */
    long count() {
        return cursor instanceof ModifyOperator.ModifyCursor modification ? modification.affected() : rowsSent;
    }

    /** Begins again, for a repetition of the whole statement. */
    void restart() {
        close();
        ended = false;
        execution = null;
        rowsSent = 0;
        fetched.clear();
        position = 0;
    }

    @Override
    public void close() {
        if (cursor != null) {
            cursor.close();
            cursor = null;
        }
        if (execution != null) {
            execution.close();
            execution = null;
        }
        ended = true;
    }
}
