package dev.boreal.queryprocessor.session;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.transaction.AccessMode;
import dev.boreal.queryprocessor.catalog.Sequence;
import dev.boreal.queryprocessor.catalog.definition.SequenceStates;
import dev.boreal.queryprocessor.function.EvaluationContext.SequencePosition;
import dev.boreal.queryprocessor.transaction.Transaction;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Where sequences stand. Values are taken ahead in blocks, each by a transaction of its own, so that nextval waits for a
 * commit once in {@value #AHEAD} calls; a crash leaves at most that gap. Thread-safe.
 *
 * <p>State is {@code last value: 8 bytes | called: 1 byte | calls of setval: 8 bytes} under the sequence's storage id; without state it stands before
 * its start.
 */
final class SequenceValues implements SequenceStates {
    private static final int AHEAD = 32;
    private static final String LIMIT_REACHED = "2200H";

    private final SmallTransactions transactions;
    private final ConcurrentHashMap<Integer, Block> blocks = new ConcurrentHashMap<>();

    /**
     * Where a sequence stands.
     *
     * @param settings how often setval was called: values taken ahead before are void
     */
    record State(long lastValue, boolean called, long settings) {
        static State read(byte[] stored) {
            ByteBuffer bytes = ByteBuffer.wrap(stored);
            return new State(bytes.getLong(), bytes.get() != 0, bytes.hasRemaining() ? bytes.getLong() : 0);
        }

        static long settings(byte @Nullable [] stored) {
            return stored == null ? 0 : read(stored).settings();
        }

        byte[] encode() {
            return ByteBuffer.allocate(2 * Long.BYTES + 1)
                    .putLong(lastValue)
                    .put((byte) (called ? 1 : 0))
                    .putLong(settings)
                    .array();
        }
    }

    private static final class Block {
        private long next;
        private long last;
        private long remaining;
        private long settings;
        /** As of when the block was known to be valid last. */
        private long validAsOf;
    }

    private record Taken(long first, long count, long settings, long asOf) {}

    SequenceValues(SmallTransactions transactions) {
        this.transactions = transactions;
    }

    private static byte[] key(int storageId) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(storageId).array();
    }

    /** The next value: not one of those taken ahead if a setval that the transaction sees, at whichever query processor, came after. */
    long next(Sequence sequence, Transaction transaction) {
        Block block = blocks.computeIfAbsent(sequence.storageId(), id -> new Block());
        synchronized (block) {
            if (block.remaining > 0 && transaction.snapshot() > block.validAsOf) {
                long settings = State.settings(transaction.get(key(sequence.storageId())));
                block.remaining = settings > block.settings ? 0 : block.remaining;
                block.validAsOf = transaction.snapshot();
            }
            if (block.remaining == 0) {
                Taken taken = take(sequence, Math.max(AHEAD, sequence.cache()));
                block.next = taken.first();
                block.remaining = taken.count();
                block.settings = taken.settings();
                block.validAsOf = taken.asOf();
                block.last = taken.first() + (taken.count() - 1) * sequence.increment();
            }
            long value = block.next;
            block.remaining--;
            if (block.remaining > 0) {
                block.next += sequence.increment();
            }
            return value;
        }
    }

    private Taken take(Sequence sequence, long wanted) {
        byte[] key = key(sequence.storageId());
        return transactions.run("taking values of sequence " + sequence.name(), transaction -> {
            byte[] stored = transaction.get(key);
            long first = stored == null ? sequence.start() : following(sequence, State.read(stored));
            long room = sequence.increment() > 0 ? sequence.maximum() - first : first - sequence.minimum();
            // Unsigned: the distance between two longs.
            long steps = Long.divideUnsigned(room, Math.abs(sequence.increment()));
            long count = Long.compareUnsigned(steps, wanted - 1) < 0 ? steps + 1 : wanted;
            long last = first + (count - 1) * sequence.increment();
            transaction.access(key, AccessMode.WRITE, sequence.oid());
            long settings = State.settings(stored);
            transaction.put(key, new State(last, true, settings).encode());
            return new Taken(first, count, settings, transaction.snapshot());
        });
    }

    private static long following(Sequence sequence, State state) {
        if (!state.called()) {
            return state.lastValue();
        }
        long increment = sequence.increment();
        long last = state.lastValue();
        boolean beyond = increment > 0 ? last > sequence.maximum() - increment : last < sequence.minimum() - increment;
        if (!beyond) {
            return last + increment;
        }
        if (!sequence.cycle()) {
            throw new SqlException(
                    LIMIT_REACHED,
                    "nextval: reached " + (increment > 0 ? "maximum" : "minimum") + " value of sequence \""
                            + sequence.name() + "\" (" + (increment > 0 ? sequence.maximum() : sequence.minimum())
                            + ")");
        }
        return increment > 0 ? sequence.minimum() : sequence.maximum();
    }

    void set(Sequence sequence, long value, boolean called) {
        if (value < sequence.minimum() || value > sequence.maximum()) {
            throw new SqlException(
                    dev.boreal.contracts.sql.SqlState.NUMERIC_VALUE_OUT_OF_RANGE,
                    "setval: value " + value + " is out of bounds for sequence \"" + sequence.name() + "\" ("
                            + sequence.minimum() + ".." + sequence.maximum() + ")");
        }
        Block block = blocks.computeIfAbsent(sequence.storageId(), id -> new Block());
        synchronized (block) {
            byte[] key = key(sequence.storageId());
            transactions.run("setting sequence " + sequence.name(), transaction -> {
                long settings = State.settings(transaction.get(key)) + 1;
                transaction.access(key, AccessMode.WRITE, sequence.oid());
                transaction.put(key, new State(value, called, settings).encode());
                return value;
            });
            block.remaining = 0;
        }
    }

    /** Where the sequence stands for a transaction; of values that this query processor took ahead, at the last one given. */
    SequencePosition position(Sequence sequence, Transaction transaction) {
        byte[] stored = transaction.get(key(sequence.storageId()));
        if (stored == null) {
            return new SequencePosition(sequence.start(), 0, false);
        }
        State state = State.read(stored);
        Block block = blocks.get(sequence.storageId());
        if (block != null && state.called()) {
            synchronized (block) {
                if (block.remaining > 0 && block.last == state.lastValue()) {
                    return new SequencePosition(block.next - sequence.increment(), block.remaining, true);
                }
            }
        }
        return new SequencePosition(state.lastValue(), 0, state.called());
    }

    @Override
    public void restart(Transaction transaction, Sequence sequence, long value) {
        transaction.put(key(sequence.storageId()), new State(value, false, 0).encode());
    }
}
