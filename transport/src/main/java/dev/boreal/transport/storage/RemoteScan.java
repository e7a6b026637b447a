package dev.boreal.transport.storage;

import dev.boreal.contracts.door.Storage;
import dev.boreal.contracts.read.ReadRefused;
import dev.boreal.contracts.read.ReadRefused.Reason;
import dev.boreal.contracts.read.RowBatch;
import dev.boreal.contracts.wire.ScanRows;
import dev.boreal.contracts.wire.StorageAnswer;
import dev.boreal.contracts.wire.StorageCall;
import dev.boreal.transport.call.Call;
import java.util.concurrent.locks.LockSupport;
import org.jctools.queues.MpscUnboundedArrayQueue;
import org.jspecify.annotations.Nullable;

/** A scan at a replica in another process: the loop puts batches in, as many as there is credit for; one thread reads. */
final class RemoteScan extends Call<StorageCall, StorageAnswer> implements Storage.Scan {
    /** Batches that may be on the way, or waiting here. */
    static final int BATCHES_AHEAD = 4;

    private final Replica replica;
    private final MpscUnboundedArrayQueue<Object> arrived = new MpscUnboundedArrayQueue<>(16);
    private volatile @Nullable Thread reader;
    private @Nullable Object first;
    private boolean over;

    /** What the reader's end says to the replica's. */
    interface Replica {
        void credit(long id);

        void cancel(long id);
    }

    RemoteScan(StorageCall message, Replica replica) {
        super(message.getId(), message);
        this.replica = replica;
    }

    @Override
    public boolean answered(StorageAnswer answer) {
        if (answer.hasScanRows()) {
            put(answer.getScanRows());
            return answer.getScanRows().getLast();
        }
        put(ReadMessages.read(answer.getRefused()));
        return true;
    }

    @Override
    public void broken(boolean sent, String reason) {
        put(new ReadRefused(Reason.UNAVAILABLE, reason));
    }

    private void put(Object event) {
        arrived.offer(event);
        Thread waiting = reader;
        if (waiting != null) {
            LockSupport.unpark(waiting);
        }
    }

    /** Waits until the replica has opened the scan; throws what it refused it with. */
    void awaitFirst() {
        Object event = take();
        first = event;
        if (event instanceof ReadRefused refused) {
            over = true;
            throw refused;
        }
    }

    private Object take() {
        Object event = first;
        first = null;
        if (event == null) {
            event = arrived.poll();
        }
        if (event != null) {
            return event;
        }
        reader = Thread.currentThread();
        try {
            while (true) {
                event = arrived.poll();
                if (event != null) {
                    return event;
                }
                if (Thread.interrupted()) {
                    close();
                    throw new ReadRefused(Reason.INTERRUPTED, "the scan was interrupted");
                }
                LockSupport.park(this);
            }
        } finally {
            reader = null;
        }
    }

    @Override
    public boolean next(RowBatch batch) {
        batch.clear();
        while (!over) {
            switch (take()) {
                case ScanRows rows -> {
                    ReadMessages.read(rows, batch);
                    if (rows.getLast()) {
                        over = true;
                    } else {
                        replica.credit(id());
                    }
                    if (batch.rows() > 0) {
                        return true;
                    }
                }
                case ReadRefused refused -> {
                    over = true;
                    throw refused;
                }
                default -> throw new IllegalStateException("a scan heard something else than rows");
            }
        }
        return false;
    }

    @Override
    public void close() {
        if (!over) {
            over = true;
            replica.cancel(id());
        }
    }
}
