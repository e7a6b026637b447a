package dev.boreal.queryprocessor.session;

import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.contracts.transaction.AccessMode;
import dev.boreal.contracts.transaction.CommitOutcome;
import dev.boreal.contracts.transaction.Conflict;
import dev.boreal.queryprocessor.catalog.Index;
import dev.boreal.queryprocessor.catalog.Relation;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.execute.KeyCodec;
import dev.boreal.queryprocessor.execute.RowCodec;
import dev.boreal.queryprocessor.execute.RowErrors;
import dev.boreal.queryprocessor.transaction.BufferedTransaction;
import dev.boreal.queryprocessor.type.TypeContext;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * A conflict in words.
 *
 * @param table null if it is not about a table's rows
 * @param key the row's key as {@code (id)=(42)}, or the key in hexadecimal digits; null for a range or a definition
 */
record ConflictReport(
        Conflict conflict,
        @Nullable String schema,
        @Nullable String table,
        @Nullable String constraint,
        @Nullable String key,
        SqlError error) {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final String RETRY_HINT = "The transaction might succeed if retried.";

    /** The error behind an outcome that is neither a commit nor a conflict. */
    static SqlException refusal(CommitOutcome outcome) {
        return new SqlException(
                switch (outcome) {
                    case CommitOutcome.Refused(CommitOutcome.RefusalReason reason, String message) ->
                        refused(reason, message);
                    case CommitOutcome.Indeterminate(String message) ->
                        SqlError.error(
                                        SqlState.TRANSACTION_RESOLUTION_UNKNOWN,
                                        "it is not known whether the transaction committed")
                                .withDetail(message)
                                .withHint("Look whether its effects are there before running it again.");
                    case CommitOutcome.Committed committed ->
                        throw new IllegalArgumentException("committed at " + committed.timestamp());
                    case CommitOutcome.Conflicted conflicted ->
                        throw new IllegalArgumentException("a conflict: " + conflicted);
                });
    }

    private static SqlError refused(CommitOutcome.RefusalReason reason, String message) {
        return switch (reason) {
            case SNAPSHOT_TOO_OLD ->
                SqlError.error(
                                SqlState.SERIALIZATION_FAILURE,
                                "could not serialize access: the transaction's snapshot is too old")
                        .withDetail(message)
                        .withHint(RETRY_HINT);
            case STALE_EPOCH, NOT_LEADER, NEVER_COMMITTED ->
                SqlError.error(
                                SqlState.SERIALIZATION_FAILURE,
                                "could not serialize access: the adjudicator has changed")
                        .withDetail(message)
                        .withHint(RETRY_HINT);
            case OVERLOADED ->
                SqlError.error(SqlState.INSUFFICIENT_RESOURCES, "too many transactions are committing at once")
                        .withDetail(message)
                        .withHint("Try again later.");
            case JOURNAL_UNAVAILABLE ->
                SqlError.error(SqlState.IO_ERROR, "the journal accepts no commits")
                        .withDetail(message);
            case TOO_LARGE ->
                SqlError.error(SqlState.PROGRAM_LIMIT_EXCEEDED, "the transaction is too large")
                        .withDetail(message);
        };
    }

    static ConflictReport of(Conflict conflict, BufferedTransaction transaction, TypeContext context) {
        boolean point = conflict.accessIndex() >= 0;
        BufferedTransaction.AccessedKey accessed = point
                ? transaction.accessedKey(conflict.accessIndex())
                : new BufferedTransaction.AccessedKey(
                        conflict.rangeIndex() < 0 ? 0 : transaction.tableOfRange(conflict.rangeIndex()), null);
        Relation relation = transaction.catalog().relation(accessed.tableOid());
        Table table = relation instanceof Table found ? found : null;
        Named named = name(accessed.key(), table, transaction, context);
        String where = table == null ? "" : " of table \"" + table.name() + "\"";
        String what = point ? named.text() + where : "A range" + where + " that this transaction read";
        SqlError error = SqlError.error(
                        SqlState.SERIALIZATION_FAILURE,
                        conflict.loserMode() == AccessMode.READ
                                ? "could not serialize access due to read/write dependencies among transactions"
                                : "could not serialize access due to concurrent update")
                .withDetail(what + " was " + verb(conflict.winnerMode()) + " by " + winner(conflict)
                        + ", after this transaction's snapshot of " + time(conflict.loserSnapshot())
                        + " (adjudicator " + conflict.adjudicator() + ").")
                .withHint(RETRY_HINT)
                .withConstraint(named.constraint());
        if (table == null) {
            return new ConflictReport(conflict, null, null, named.constraint(), named.key(), error);
        }
        String schema = RowErrors.schemaName(transaction.catalog(), table);
        return new ConflictReport(
                conflict, schema, table.name(), named.constraint(), named.key(), error.at(schema, table.name()));
    }

    private static String verb(AccessMode mode) {
        return switch (mode) {
            case KEY_WRITE -> "inserted, deleted or locked FOR UPDATE";
            case WRITE -> "updated";
            case KEY_SHARE -> "referred to by a foreign key";
            case READ -> "read";
        };
    }

    private static String winner(Conflict conflict) {
        if (conflict.winnerTransactionId() == 0) {
            return "a transaction that committed before " + time(conflict.winnerTimestamp());
        }
        String session = conflict.winnerSession().isEmpty() ? "" : " of session \"" + conflict.winnerSession() + "\"";
        String region = conflict.winnerRegion().isEmpty() ? "" : " in region " + conflict.winnerRegion();
        return "transaction " + conflict.winnerTransactionId() + session + region + ", which committed at "
                + time(conflict.winnerTimestamp());
    }

    /** With all nine digits: commits lie microseconds apart. */
    private static String time(long nanos) {
        Instant instant =
                Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS_PER_SECOND), Math.floorMod(nanos, NANOS_PER_SECOND));
        return instant.toString();
    }

    private record Named(
            String text, @Nullable String key, @Nullable String constraint) {}

    private static Named name(
            byte @Nullable [] key, @Nullable Table table, BufferedTransaction transaction, TypeContext context) {
        if (key == null || key.length < KeyCodec.PREFIX) {
            return new Named("A key", null, null);
        }
        int storageId = ByteBuffer.wrap(key).getInt();
        if (table == null || storageId == 2) {
            return new Named("The definition", null, null);
        }
        Index index = null;
        byte[] rowKey = key;
        for (Index candidate : table.indexes()) {
            if (candidate.storageId() == storageId) {
                index = candidate;
            }
        }
        byte[] stored = transaction.get(key);
        if (index != null && !index.primary() && stored != null) {
            rowKey = ByteBuffer.allocate(KeyCodec.PREFIX + stored.length)
                    .putInt(table.storageId())
                    .put(stored)
                    .array();
            stored = transaction.get(rowKey);
        }
        String constraint = index == null ? null : index.name();
        if (stored == null || index == null) {
            String digits = HexFormat.of().formatHex(key);
            return new Named("A row with key " + digits, digits, constraint);
        }
        String text = keyText(table, index, new RowCodec(table).decode(stored), context);
        return new Named("Key " + text, text, constraint);
    }

    private static String keyText(Table table, Index index, @Nullable Object[] row, TypeContext context) {
        StringJoiner names = new StringJoiner(", ", "(", ")");
        StringJoiner values = new StringJoiner(", ", "(", ")");
        for (Index.IndexColumn column : index.columns()) {
            if (column.columnNumber() > 0) {
                var definition = table.columns().get(column.columnNumber() - 1);
                Object value = row[definition.field()];
                names.add(definition.name());
                values.add(value == null ? "null" : definition.type().format(value, context));
            }
        }
        return names + "=" + values;
    }
}
