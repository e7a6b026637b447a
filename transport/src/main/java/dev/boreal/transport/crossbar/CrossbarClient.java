package dev.boreal.transport.crossbar;

import com.google.protobuf.MessageLite;
import dev.boreal.contracts.door.Crossbar;
import dev.boreal.contracts.feed.FeedStart;
import dev.boreal.contracts.key.KeyRange;
import dev.boreal.contracts.wire.CrossbarCall;
import dev.boreal.contracts.wire.CrossbarCalls;
import dev.boreal.contracts.wire.CrossbarEvents;
import dev.boreal.contracts.wire.FeedEvents;
import dev.boreal.contracts.wire.Subscribe;
import dev.boreal.transport.TransportContext;
import dev.boreal.transport.WireValues;
import dev.boreal.transport.call.Call;
import dev.boreal.transport.call.DoorClient;
import dev.boreal.transport.call.HighestWish;
import dev.boreal.transport.call.Note;
import dev.boreal.transport.link.DoorKind;
import dev.boreal.transport.link.LinkTarget;
import dev.boreal.transport.link.MalformedMessageException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A crossbar in another process. Each subscription has a thread that calls {@code onEntries}; a watermark with nothing
 * undelivered before it is told on the loop, at once. A stream that breaks closes its feeds.
 */
public final class CrossbarClient extends DoorClient<CrossbarCall, FeedEvents, CrossbarEvents> implements Crossbar {
    private final HighestWish wanted = new HighestWish();

    /** @param member the process's name, or empty for whoever answers */
    public CrossbarClient(TransportContext context, String member, Supplier<@Nullable InetSocketAddress> address) {
        super(context, new LinkTarget(DoorKind.CROSSBAR, "", member), address, CrossbarEvents.parser());
        start();
    }

    @Override
    public FeedSubscription subscribe(KeyRange range, FeedStart start, FeedSubscriber subscriber) {
        long id = calls().nextId();
        int window = settings().feedBytes();
        Subscribe request = Subscribe.newBuilder()
                .setRange(WireValues.range(range))
                .setStart(WireValues.positions(start))
                .setCredit(window)
                .build();
        ReceivedFeed.Upstream upstream = new ReceivedFeed.Upstream() {
            @Override
            public void credit(long bytes) {
                send(note(id).setCredit(bytes));
            }

            @Override
            public void hangUp() {
                send(note(id).setClose(true));
                onLoop(() -> calls().forget(id));
            }
        };
        ReceivedFeed feed = new ReceivedFeed("feed of " + target(), window, subscriber, upstream);
        PendingFeed call = new PendingFeed(note(id).setSubscribe(request).build(), feed);
        feed.begin();
        if (!send(call)) {
            feed.end("too many calls are under way to " + target(), false);
        }
        return () -> {
            feed.close();
            upstream.hangUp();
        };
    }

    private static CrossbarCall.Builder note(long id) {
        return CrossbarCall.newBuilder().setFeed(id);
    }

    private void send(CrossbarCall.Builder call) {
        send(new Note<>(call.getFeed(), call.build()));
    }

    private static final class PendingFeed extends Call<CrossbarCall, FeedEvents> {
        private final ReceivedFeed feed;

        PendingFeed(CrossbarCall message, ReceivedFeed feed) {
            super(message.getFeed(), message);
            this.feed = feed;
        }

        @Override
        public boolean answered(FeedEvents events) {
            feed.arrived(events);
            return events.hasClosed();
        }

        @Override
        public void broken(boolean sent, String reason) {
            feed.end(reason, false);
        }
    }

    @Override
    public void requestAdvance(long timestamp) {
        if (wanted.raise(timestamp)) {
            wake();
        }
    }

    @Override
    public @Nullable MessageLite nextBatch() {
        long advance = wanted.take();
        Call<CrossbarCall, FeedEvents> call = calls().poll();
        if (advance == 0 && call == null) {
            return null;
        }
        CrossbarCalls.Builder batch = CrossbarCalls.newBuilder().setAdvance(advance);
        for (; call != null; call = calls().poll()) {
            batch.addCalls(call.message());
        }
        return batch.build();
    }

    @Override
    public void onMessage(CrossbarEvents message) throws MalformedMessageException {
        List<FeedEvents> feeds = message.getFeedsList();
        for (int i = 0; i < feeds.size(); i++) {
            calls().answered(feeds.get(i).getFeed(), feeds.get(i));
        }
    }

    @Override
    public void onClosed(String reason) {
        wanted.forget();
        super.onClosed(reason);
    }
}
