package dev.boreal.queryprocessor.session;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.contracts.transaction.AccessMode;
import dev.boreal.queryprocessor.function.AdvisoryLocks;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The advisory locks that one session holds, and how often it took each. */
final class SessionLocks implements AdvisoryLocks {
    private static final long LONGEST_PAUSE_MILLIS = 100;

    private final LockTable table;
    private final Session session;
    private final Map<Key, Integer> counts = new HashMap<>();

    SessionLocks(LockTable table, Session session) {
        this.table = table;
        this.session = session;
    }

    @Override
    public boolean tryLock(Key key) {
        Integer count = counts.get(key);
        if (count == null && !table.take(key, session)) {
            return false;
        }
        counts.put(key, count == null ? 1 : count + 1);
        return true;
    }

    @Override
    public void lock(Key key) {
        SessionContext context = session.context();
        long timeoutMicros = session.settings().number("lock_timeout") * 1_000;
        long began = context.clockTimestampMicros();
        long pause = 1;
        while (!tryLock(key)) {
            context.checkCancelled();
            if (timeoutMicros > 0 && context.clockTimestampMicros() - began > timeoutMicros) {
                throw new SqlException(SqlState.LOCK_NOT_AVAILABLE, "canceling statement due to lock timeout");
            }
            pause(pause);
            pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        }
    }

    private void pause(long millis) {
        boolean undisturbed = session.interruption().await(() -> Thread.sleep(millis));
        if (!undisturbed) {
            session.context().checkCancelled();
        }
    }

    @Override
    public boolean unlock(Key key) {
        Integer count = counts.get(key);
        if (count == null) {
            return false;
        }
        if (count > 1) {
            counts.put(key, count - 1);
        } else {
            counts.remove(key);
            table.giveBack(key, session);
        }
        return true;
    }

    @Override
    public void unlockAll() {
        for (Key key : List.copyOf(counts.keySet())) {
            counts.remove(key);
            table.giveBack(key, session);
        }
    }

    @Override
    public void claim(Key key) {
        session.transactions().current().access(LockTable.rowKey(key), AccessMode.KEY_WRITE, 0);
    }
}
