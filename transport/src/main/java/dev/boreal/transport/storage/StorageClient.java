package dev.boreal.transport.storage;

import com.google.protobuf.MessageLite;
import dev.boreal.contracts.door.Storage;
import dev.boreal.contracts.feed.FeedStart;
import dev.boreal.contracts.read.ReadRefused;
import dev.boreal.contracts.read.ReadRefused.Reason;
import dev.boreal.contracts.read.ScanRequest;
import dev.boreal.contracts.wire.Get;
import dev.boreal.contracts.wire.GetAll;
import dev.boreal.contracts.wire.StorageAnswer;
import dev.boreal.contracts.wire.StorageAnswers;
import dev.boreal.contracts.wire.StorageCall;
import dev.boreal.contracts.wire.StorageCalls;
import dev.boreal.contracts.wire.WatchedValue;
import dev.boreal.transport.TransportContext;
import dev.boreal.transport.WireValues;
import dev.boreal.transport.call.AwaitedCall;
import dev.boreal.transport.call.Call;
import dev.boreal.transport.call.DoorClient;
import dev.boreal.transport.call.HighestWish;
import dev.boreal.transport.call.Note;
import dev.boreal.transport.link.DoorKind;
import dev.boreal.transport.link.LinkTarget;
import dev.boreal.transport.link.MalformedMessageException;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A storage replica in another process. Reads wait for their answers, on any thread but a loop of the transport; what many
 * threads ask for at once travels together.
 *
 * <p>{@link #tryReach} looks at what the replica last told of its watermark, and asks it to go on if that is not enough. Even
 * where it says true, a read is a round trip: event loops should not read here.
 */
public final class StorageClient extends DoorClient<StorageCall, StorageAnswer, StorageAnswers> implements Storage {
    private final HighestWish wanted = new HighestWish();
    private final ReachWaiters waiters = new ReachWaiters();
    private final CopyOnWriteArrayList<KnownValue> watched = new CopyOnWriteArrayList<>();
    private volatile long watermark;

    /** @param member the process's name, or empty for whoever answers */
    public StorageClient(TransportContext context, String member, Supplier<@Nullable InetSocketAddress> address) {
        super(context, new LinkTarget(DoorKind.STORAGE, "", member), address, StorageAnswers.parser());
        start();
    }

    @Override
    public boolean tryReach(long asOf) {
        if (watermark >= asOf) {
            return true;
        }
        if (wanted.raise(asOf)) {
            wake();
        }
        return watermark >= asOf;
    }

    @Override
    public boolean answersInProcess() {
        return false;
    }

    /** Threads that wait share one question for the highest of their snapshots. */
    @Override
    public void awaitReach(long asOf) {
        if (watermark >= asOf) {
            return;
        }
        requireNotOnLoop();
        ReachWaiters.Waiter waiter = waiters.enter(asOf);
        if (tryReach(asOf)) {
            waiters.leave(waiter);
            return;
        }
        switch (waiters.await(waiter)) {
            case REACHED -> {}
            case REFUSED -> ask(newCall().setAwaitReach(asOf));
            case BROKEN -> throw new ReadRefused(Reason.UNAVAILABLE, waiter.reason());
            case INTERRUPTED -> {
                Thread.interrupted();
                throw new ReadRefused(Reason.INTERRUPTED, "the wait for a snapshot was interrupted");
            }
        }
    }

    @Override
    public void watch(byte[] key) {
        KnownValue known = new KnownValue(calls().nextId(), key.clone());
        onLoop(() -> {
            watched.add(known);
            if (isConnected()) {
                ask(known);
            }
        });
    }

    private void ask(KnownValue known) {
        send(new Note<>(
                known.id,
                StorageCall.newBuilder()
                        .setId(known.id)
                        .setWatch(WireValues.bytes(known.key))
                        .build()));
    }

    @Override
    public void onOpened() {
        watched.forEach(this::ask);
        super.onOpened();
    }

    private KnownValue.@Nullable Answer known(byte[] key, long asOf) {
        for (KnownValue each : watched) {
            if (Arrays.equals(each.key, key)) {
                return each.asOf(asOf);
            }
        }
        return null;
    }

    @Override
    public byte @Nullable [] get(byte[] key, long asOf) {
        KnownValue.Answer known = known(key, asOf);
        if (known != null) {
            return known.value();
        }
        Get get = Get.newBuilder().setKey(WireValues.bytes(key)).setAsOf(asOf).build();
        StorageAnswer answer = ask(newCall().setGet(get));
        return answer.hasRow() ? answer.getRow().toByteArray() : null;
    }

    @Override
    public byte[] @Nullable [] getAll(byte[][] keys, long asOf) {
        GetAll.Builder all = GetAll.newBuilder().setAsOf(asOf);
        for (byte[] key : keys) {
            all.addKeys(WireValues.bytes(key));
        }
        return ReadMessages.read(ask(newCall().setGetAll(all)).getRows(), keys.length);
    }

    @Override
    public long count(ScanRequest request) {
        return ask(newCall().setCount(ReadMessages.write(request))).getCount();
    }

    @Override
    public FeedStart persistedPositions() {
        return WireValues.positions(ask(newCall().setPersisted(true)).getPersisted());
    }

    @Override
    public Scan scan(ScanRequest request) {
        return open(newCall().setScan(ReadMessages.write(request)).build());
    }

    @Override
    public Scan copy() {
        return open(newCall().setCopy(true).build());
    }

    private Scan open(StorageCall message) {
        requireNotOnLoop();
        RemoteScan scan = new RemoteScan(message, new RemoteScan.Replica() {
            @Override
            public void credit(long id) {
                send(new Note<>(
                        id, StorageCall.newBuilder().setId(id).setScanCredit(1).build()));
            }

            @Override
            public void cancel(long id) {
                cancelCall(id);
            }
        });
        if (!send(scan)) {
            throw overloaded();
        }
        scan.awaitFirst();
        return scan;
    }

    private StorageCall.Builder newCall() {
        return StorageCall.newBuilder().setId(calls().nextId());
    }

    private StorageAnswer ask(StorageCall.Builder builder) {
        requireNotOnLoop();
        StorageCall message = builder.build();
        AwaitedCall<StorageCall, StorageAnswer> call = new AwaitedCall<>(message.getId(), message);
        if (!send(call)) {
            throw overloaded();
        }
        AwaitedCall.End end = call.await();
        if (end == AwaitedCall.End.INTERRUPTED) {
            Thread.interrupted();
            cancelCall(message.getId());
            throw new ReadRefused(Reason.INTERRUPTED, "the read was interrupted");
        }
        if (end == AwaitedCall.End.BROKEN) {
            throw new ReadRefused(Reason.UNAVAILABLE, call.reason());
        }
        StorageAnswer answer = call.answer();
        if (answer.hasRefused()) {
            throw ReadMessages.read(answer.getRefused());
        }
        return answer;
    }

    private void cancelCall(long id) {
        send(new Note<>(id, StorageCall.newBuilder().setId(id).setCancel(true).build()));
        onLoop(() -> calls().forget(id));
    }

    private ReadRefused overloaded() {
        return new ReadRefused(Reason.UNAVAILABLE, "too many reads are under way to " + target() + ": try again later");
    }

    @Override
    public @Nullable MessageLite nextBatch() {
        long reach = wanted.take();
        Call<StorageCall, StorageAnswer> call = calls().poll();
        if (call == null && reach == 0) {
            return null;
        }
        StorageCalls.Builder batch = StorageCalls.newBuilder().setReach(reach);
        int bytes = 0;
        while (call != null) {
            batch.addCalls(call.message());
            bytes += call.bytes();
            call = bytes < BATCH_BYTES ? calls().poll() : null;
        }
        return batch.build();
    }

    @Override
    public void onMessage(StorageAnswers message) throws MalformedMessageException {
        if (message.getWatermark() > watermark) {
            learn(message.getWatchedList(), message.getWatermark());
            watermark = message.getWatermark();
            waiters.reached(watermark);
        }
        if (message.getNotReached() != 0) {
            waiters.refused(message.getNotReached());
        }
        List<StorageAnswer> answers = message.getAnswersList();
        for (int i = 0; i < answers.size(); i++) {
            calls().answered(answers.get(i).getId(), answers.get(i));
        }
    }

    private void learn(List<WatchedValue> changes, long asOf) {
        for (KnownValue each : watched) {
            WatchedValue change = null;
            for (int i = 0; i < changes.size() && change == null; i++) {
                change = changes.get(i).getId() == each.id ? changes.get(i) : null;
            }
            if (change == null) {
                each.stayed(asOf);
            } else {
                each.became(change.hasValue() ? change.getValue().toByteArray() : null, asOf);
            }
        }
    }

    /** Another replica may answer at the address next: nothing is known of it. */
    @Override
    public void onClosed(String reason) {
        watched.forEach(KnownValue::forget);
        watermark = 0;
        wanted.forget();
        waiters.broken(reason);
        super.onClosed(reason);
    }
}
