package dev.boreal.transport.crossbar;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import dev.boreal.contracts.door.Crossbar;
import dev.boreal.contracts.wire.CrossbarCall;
import dev.boreal.contracts.wire.CrossbarCalls;
import dev.boreal.contracts.wire.CrossbarEvents;
import dev.boreal.transport.link.DoorKind;
import dev.boreal.transport.link.LinkHandler;
import dev.boreal.transport.link.MalformedMessageException;
import dev.boreal.transport.link.ServerDoor;
import dev.boreal.transport.link.ServerStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Offers a crossbar of this process to others. */
public final class CrossbarDoor implements ServerDoor<CrossbarCalls> {
    private final Crossbar crossbar;

    public CrossbarDoor(Crossbar crossbar) {
        this.crossbar = crossbar;
    }

    @Override
    public DoorKind kind() {
        return DoorKind.CROSSBAR;
    }

    @Override
    public String instance() {
        return "";
    }

    @Override
    public Parser<CrossbarCalls> parser() {
        return CrossbarCalls.parser();
    }

    @Override
    public LinkHandler<CrossbarCalls> accept(ServerStream stream) {
        return new Session(stream);
    }

    private final class Session implements LinkHandler<CrossbarCalls> {
        private final ServerStream stream;
        private final Map<Long, OfferedFeed> feeds = new LinkedHashMap<>();

        Session(ServerStream stream) {
            this.stream = stream;
        }

        @Override
        public void onOpened() {
            // The first word is the opener's.
        }

        @Override
        public void onMessage(CrossbarCalls message) throws MalformedMessageException {
            List<CrossbarCall> calls = message.getCallsList();
            for (int i = 0; i < calls.size(); i++) {
                serve(calls.get(i));
            }
            if (message.getAdvance() != 0) {
                crossbar.requestAdvance(message.getAdvance());
            }
        }

        private void serve(CrossbarCall call) throws MalformedMessageException {
            long id = call.getFeed();
            OfferedFeed feed = feeds.get(id);
            switch (call.getCallCase()) {
                case SUBSCRIBE -> {
                    if (feed != null) {
                        throw new MalformedMessageException("there is a feed " + id + " already");
                    }
                    OfferedFeed next = new OfferedFeed(id, stream, call.getSubscribe());
                    feeds.put(id, next);
                    Thread.startVirtualThread(() -> next.begin(crossbar));
                }
                case CREDIT -> {
                    if (feed != null) {
                        feed.grant(call.getCredit());
                    }
                }
                case CLOSE -> {
                    if (feed != null) {
                        feeds.remove(id);
                        feed.close();
                    }
                }
                case CALL_NOT_SET -> throw new MalformedMessageException("feed " + id + " is asked for nothing known");
            }
        }

        @Override
        public @Nullable MessageLite nextBatch() {
            CrossbarEvents.Builder batch = CrossbarEvents.newBuilder();
            boolean something = false;
            boolean over = false;
            for (OfferedFeed feed : feeds.values()) {
                something |= feed.addTo(batch);
                over |= feed.isOver();
            }
            if (over) {
                feeds.values().removeIf(OfferedFeed::isOver);
            }
            return something ? batch.build() : null;
        }

        @Override
        public void onClosed(String reason) {
            for (OfferedFeed feed : feeds.values()) {
                feed.close();
            }
            feeds.clear();
        }
    }
}
