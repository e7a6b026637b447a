package dev.boreal.queryprocessor.session;

import dev.boreal.clock.Clock;
import dev.boreal.clock.Timer;
import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.contracts.transaction.AccessMode;
import dev.boreal.queryprocessor.catalog.system.SessionSource;
import dev.boreal.queryprocessor.function.AdvisoryLocks;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Advisory locks of sessions. A lock is a row {@code owner: 16 bytes | lease: 8 bytes} under storage id
 * {@value #STORAGE_ID}, written by transactions of its own, so that it holds among all query processors of a database.
 *
 * <p><b>Leases.</b> A query processor that dies gives nothing back; so a row counts for {@value #LEASE_SECONDS} seconds only, and its query
 * processor writes it again every {@value #RENEWAL_SECONDS}. A session whose lock could not be written again in time is ended, since
 * somebody else may have it by now. What a lock protects outside the database needs clocks that agree to within a lease;
 * what it protects inside is protected by the adjudicator in any case. Thread-safe.
 */
final class LockTable {
    static final int STORAGE_ID = 3;

    private static final int LEASE_SECONDS = 15;
    private static final int RENEWAL_SECONDS = 5;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final SmallTransactions transactions;
    private final Clock clock;
    private final Timer timer;
    private final long processor;
    private final Map<AdvisoryLocks.Key, Held> held = new ConcurrentHashMap<>();
    private boolean renewing;

    private record Held(Holder holder, long lease) {}

    /** Who holds locks: a session of this query processor. */
    interface Holder {
        int processId();

        /** Ends it. Any thread. */
        void terminate(SqlError reason);
    }

    /** @param processor a number that no other query processor has, nor this one when it was started before */
    LockTable(SmallTransactions transactions, Clock clock, Timer timer, long processor) {
        this.transactions = transactions;
        this.clock = clock;
        this.timer = timer;
        this.processor = processor;
    }

    /** The key under which a lock lies; transactions claim it too. */
    static byte[] rowKey(AdvisoryLocks.Key key) {
        return ByteBuffer.allocate(Integer.BYTES + 1 + Long.BYTES)
                .putInt(STORAGE_ID)
                .put((byte) (key.pair() ? 2 : 1))
                .putLong(key.number())
                .array();
    }

    private byte[] row(Holder holder, long lease) {
        return ByteBuffer.allocate(3 * Long.BYTES)
                .putLong(processor)
                .putLong(holder.processId())
                .putLong(lease)
                .array();
    }

    private boolean isOf(Holder holder, byte[] row) {
        ByteBuffer fields = ByteBuffer.wrap(row);
        return fields.getLong() == processor && fields.getLong() == holder.processId();
    }

    private static long leaseOf(byte[] row) {
        return ByteBuffer.wrap(row).getLong(2 * Long.BYTES);
    }

    /** Takes a lock that the session has not got; false if another one has it. */
    boolean take(AdvisoryLocks.Key key, Holder holder) {
        Held other = held.get(key);
        if (other != null) {
            return false;
        }
        byte[] rowKey = rowKey(key);
        long lease = transactions.run("taking an advisory lock", transaction -> {
            byte[] row = transaction.get(rowKey);
            if (row != null && leaseOf(row) > clock.earliest() && !isOf(holder, row)) {
                return 0L;
            }
            long until = clock.latest() + LEASE_SECONDS * NANOS_PER_SECOND;
            transaction.access(rowKey, AccessMode.KEY_WRITE, 0);
            transaction.put(rowKey, row(holder, until));
            return until;
        });
        if (lease == 0) {
            return false;
        }
        held.put(key, new Held(holder, lease));
        renewLater();
        return true;
    }

    void giveBack(AdvisoryLocks.Key key, Holder holder) {
        held.remove(key);
        byte[] rowKey = rowKey(key);
        transactions.run("giving an advisory lock back", transaction -> {
            byte[] row = transaction.get(rowKey);
            if (row != null && isOf(holder, row)) {
                transaction.access(rowKey, AccessMode.KEY_WRITE, 0);
                transaction.delete(rowKey);
            }
            return true;
        });
    }

    private synchronized void renewLater() {
        if (!renewing && !held.isEmpty()) {
            renewing = true;
            timer.after(RENEWAL_SECONDS * NANOS_PER_SECOND, () -> Thread.startVirtualThread(this::renewAll));
        }
    }

    private void renewAll() {
        for (Map.Entry<AdvisoryLocks.Key, Held> entry : held.entrySet()) {
            renew(entry.getKey(), entry.getValue());
        }
        synchronized (this) {
            renewing = false;
        }
        renewLater();
    }

    private void renew(AdvisoryLocks.Key key, Held mine) {
        byte[] rowKey = rowKey(key);
        Long lease = null;
        try {
            lease = transactions.run("renewing an advisory lock", transaction -> {
                byte[] row = transaction.get(rowKey);
                if (row == null || !isOf(mine.holder(), row)) {
                    return 0L;
                }
                long until = clock.latest() + LEASE_SECONDS * NANOS_PER_SECOND;
                transaction.access(rowKey, AccessMode.KEY_WRITE, 0);
                transaction.put(rowKey, row(mine.holder(), until));
                return until;
            });
        } catch (SqlException notNow) {
            lease = mine.lease() > clock.latest() ? (Long) mine.lease() : null;
        }
        if (lease != null && lease != 0) {
            held.replace(key, mine, new Held(mine.holder(), lease));
        } else if (held.remove(key, mine)) {
            lost(mine.holder());
        }
    }

    private static void lost(Holder holder) {
        holder.terminate(SqlError.error(
                        SqlState.ADMIN_SHUTDOWN,
                        "terminating connection because the lease of its advisory lock has run out")
                .withSeverity(SqlError.Severity.FATAL));
    }

    /** The locks that sessions of this query processor hold. */
    List<SessionSource.Lock> held() {
        List<SessionSource.Lock> locks = new ArrayList<>();
        held.forEach((key, mine) -> locks.add(new SessionSource.Lock(
                mine.holder().processId(), (int) (key.number() >>> Integer.SIZE), (int) key.number(), key.pair())));
        return locks;
    }
}
