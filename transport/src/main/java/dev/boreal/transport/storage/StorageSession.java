package dev.boreal.transport.storage;

import com.google.protobuf.MessageLite;
import dev.boreal.contracts.read.ReadRefused;
import dev.boreal.contracts.read.ReadRefused.Reason;
import dev.boreal.contracts.wire.Get;
import dev.boreal.contracts.wire.GetAll;
import dev.boreal.contracts.wire.StorageAnswer;
import dev.boreal.contracts.wire.StorageAnswers;
import dev.boreal.contracts.wire.StorageCall;
import dev.boreal.contracts.wire.StorageCalls;
import dev.boreal.transport.TransportSettings;
import dev.boreal.transport.WireValues;
import dev.boreal.transport.call.AnswerQueue;
import dev.boreal.transport.link.LinkHandler;
import dev.boreal.transport.link.MalformedMessageException;
import dev.boreal.transport.link.ServerStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream to a replica. A read of a few keys whose snapshot is reached is answered on the loop; whatever may wait, or walks
 * over many rows, has a virtual thread, which a cancellation interrupts.
 */
final class StorageSession implements LinkHandler<StorageCalls> {
    private static final Logger LOG = LoggerFactory.getLogger(StorageSession.class);
    private static final int BATCH_BYTES = 1 << 20;
    private static final int FEW_KEYS = 16;

    private final ReachedStorage replica;
    private final ServerStream stream;
    private final AnswerQueue<StorageAnswer> answers;
    private final Map<Long, Running> running = new ConcurrentHashMap<>();
    private final AtomicLong following = new AtomicLong();
    private final AtomicLong notReached = new AtomicLong();
    private final List<WatchedKey> watched = new ArrayList<>(); // the loop's
    private volatile boolean closed;
    private long watermarkSent;

    StorageSession(ReachedStorage replica, ServerStream stream, TransportSettings settings) {
        this.replica = replica;
        this.stream = stream;
        this.answers = new AnswerQueue<>(stream, settings.callsUnderWay());
    }

    @Override
    public void onOpened() {
        // The first word is the opener's.
    }

    @Override
    public void onMessage(StorageCalls message) throws MalformedMessageException {
        List<StorageCall> calls = message.getCallsList();
        for (int i = 0; i < calls.size(); i++) {
            serve(calls.get(i));
        }
        if (message.getReach() != 0) {
            follow(message.getReach());
        }
    }

    private void serve(StorageCall call) throws MalformedMessageException {
        long id = call.getId();
        switch (call.getCallCase()) {
            case GET -> {
                boolean mayRun = answers.begin();
                if (mayRun && replica.tryReach(call.getGet().getAsOf())) {
                    answers.answer(answer(call));
                } else {
                    run(call, mayRun);
                }
            }
            case GET_ALL -> {
                boolean mayRun = answers.begin();
                if (mayRun
                        && call.getGetAll().getKeysCount() <= FEW_KEYS
                        && replica.tryReach(call.getGetAll().getAsOf())) {
                    answers.answer(answer(call));
                } else {
                    run(call, mayRun);
                }
            }
            case COUNT, SCAN, COPY, AWAIT_REACH, PERSISTED -> run(call, answers.begin());
            case SCAN_CREDIT -> {
                Running scan = running.get(id);
                if (scan != null) {
                    scan.grant(call.getScanCredit());
                }
            }
            case CANCEL -> {
                Running cancelled = running.get(id);
                if (cancelled != null) {
                    cancelled.cancel();
                }
            }
            case WATCH -> watched.add(new WatchedKey(id, call.getWatch().toByteArray()));
            case CALL_NOT_SET -> throw new MalformedMessageException("call " + id + " asks for nothing known");
        }
    }

    private void run(StorageCall call, boolean mayRun) throws MalformedMessageException {
        long id = call.getId();
        if (!mayRun) {
            answers.answer(refused(id, new ReadRefused(Reason.UNAVAILABLE, "too many reads are under way")));
            return;
        }
        Running task = new Running(call);
        if (running.putIfAbsent(id, task) != null) {
            throw new MalformedMessageException("there is a call " + id + " already");
        }
        task.start();
    }

    /** A call that has a thread. */
    private final class Running implements Runnable {
        private final StorageCall call;
        private final ScanCredit credit = new ScanCredit(RemoteScan.BATCHES_AHEAD);
        private final Thread thread = Thread.ofVirtual().unstarted(this);

        Running(StorageCall call) {
            this.call = call;
        }

        void start() {
            thread.start();
        }

        void grant(int batches) {
            credit.add(batches);
        }

        void cancel() {
            thread.interrupt();
        }

        @Override
        public void run() {
            StorageAnswer last = call.hasScan() || call.hasCopy()
                    ? ScanServer.serve(call, replica.storage(), credit, answers::tell)
                    : answer(call);
            running.remove(call.getId());
            answers.answer(last);
        }
    }

    /** What comes back; may wait. */
    private StorageAnswer answer(StorageCall call) {
        StorageAnswer.Builder answer = StorageAnswer.newBuilder().setId(call.getId());
        try {
            switch (call.getCallCase()) {
                case GET -> {
                    Get get = call.getGet();
                    byte[] row = replica.storage().get(get.getKey().toByteArray(), get.getAsOf());
                    if (row == null) {
                        answer.setNothing(true);
                    } else {
                        answer.setRow(WireValues.bytes(row));
                    }
                }
                case GET_ALL -> answer.setRows(ReadMessages.write(getAll(call.getGetAll())));
                case COUNT -> answer.setCount(replica.storage().count(ReadMessages.read(call.getCount())));
                case AWAIT_REACH -> {
                    replica.awaitReach(call.getAwaitReach());
                    answer.setNothing(true);
                }
                default ->
                    answer.setPersisted(WireValues.positions(replica.storage().persistedPositions()));
            }
            return answer.build();
        } catch (ReadRefused e) {
            return refused(call.getId(), e);
        } catch (RuntimeException e) {
            LOG.error("A read of {} failed", stream.member(), e);
            return refused(call.getId(), new ReadRefused(Reason.UNAVAILABLE, "the read failed: " + e));
        }
    }

    private byte[] @Nullable [] getAll(GetAll call) {
        byte[][] keys = new byte[call.getKeysCount()][];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = call.getKeys(i).toByteArray();
        }
        return replica.storage().getAll(keys, call.getAsOf());
    }

    static StorageAnswer refused(long id, ReadRefused refused) {
        return StorageAnswer.newBuilder()
                .setId(id)
                .setRefused(ReadMessages.write(refused))
                .build();
    }

    /** Somebody wants a snapshot reached without waiting for it: one thread waits for the highest, and tells. */
    private void follow(long asOf) {
        if (replica.tryReach(asOf)) {
            stream.wake();
            return;
        }
        if (following.getAndAccumulate(asOf, Math::max) == 0) {
            Thread.startVirtualThread(this::followHighest);
        }
    }

    private void followHighest() {
        long asOf = following.get();
        try {
            while (!closed) {
                replica.awaitReach(asOf);
                stream.wake();
                if (following.compareAndSet(asOf, 0)) {
                    return;
                }
                asOf = following.get();
            }
        } catch (ReadRefused e) {
            LOG.debug("{} is not reached: {}", asOf, e.getMessage());
            following.set(0);
            notReached.accumulateAndGet(asOf, Math::max);
            stream.wake();
        }
    }

    @Override
    public @Nullable MessageLite nextBatch() {
        long reached = replica.reached();
        StorageAnswer answer = answers.poll();
        long refused = notReached.getAndSet(0);
        if (answer == null && reached <= watermarkSent && refused == 0) {
            return null;
        }
        StorageAnswers.Builder batch = StorageAnswers.newBuilder().setNotReached(refused);
        int bytes = 0;
        while (answer != null) {
            batch.addAnswers(answer);
            bytes += answer.getSerializedSize();
            answer = bytes < BATCH_BYTES ? answers.poll() : null;
        }
        if (reached > watermarkSent && tellWatched(batch, reached)) {
            watermarkSent = reached;
            batch.setWatermark(reached);
        }
        return batch.build();
    }

    /** False if a value could not be read: then the watermark must not be told either. */
    private boolean tellWatched(StorageAnswers.Builder batch, long asOf) {
        try {
            for (int i = 0; i < watched.size(); i++) {
                watched.get(i).tellChange(replica.storage(), asOf, batch);
            }
            return true;
        } catch (ReadRefused e) {
            LOG.debug("A watched key cannot be read as of {}: {}", asOf, e.getMessage());
            batch.clearWatched();
            watched.forEach(WatchedKey::forget);
            return false;
        }
    }

    @Override
    public void onClosed(String reason) {
        closed = true;
        for (Running task : running.values()) {
            task.cancel();
        }
    }
}
