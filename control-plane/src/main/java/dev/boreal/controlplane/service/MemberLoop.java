package dev.boreal.controlplane.service;

import dev.boreal.clock.Chance;
import dev.boreal.contracts.cluster.RegisterEntry;
import dev.boreal.contracts.door.PeerNetwork;
import dev.boreal.controlplane.ControlPlaneAnswer;
import dev.boreal.controlplane.ControlPlaneCore;
import dev.boreal.controlplane.ControlPlaneEffects;
import dev.boreal.controlplane.ControlPlaneEvent;
import dev.boreal.controlplane.ControlPlaneRequest;
import dev.boreal.controlplane.disk.DecreeLogFile;
import dev.boreal.controlplane.message.MessageCodec;
import dev.boreal.controlplane.paxos.PaxosCore;
import dev.boreal.controlplane.paxos.PaxosEffects;
import dev.boreal.controlplane.paxos.PaxosMessage;
import dev.boreal.controlplane.paxos.PaxosRole;
import dev.boreal.controlplane.register.RegisterChange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that owns a member's core: takes in what waits and performs the effects. */
final class MemberLoop implements PeerNetwork.PeerListener {
    private static final Logger LOGGER = LoggerFactory.getLogger(MemberLoop.class);
    private static final int MOST_WAITING = 1 << 16;
    private static final int MOST_AT_ONCE = 1024;

    private sealed interface Input {
        record Arrived(String from, PaxosMessage message) implements Input {}

        record Asked(ControlPlaneRequest request, CompletableFuture<ControlPlaneAnswer> answer) implements Input {}

        record Watched(WatchFeed feed) implements Input {}

        record Written(long lastRecord) implements Input {}

        record DiskFailed(Exception cause) implements Input {}
    }

    private final String name;
    private final PeerNetwork network;
    private final LogWriter writer;
    private final ControlPlaneCore core;
    private final Thread thread;
    private final LinkedBlockingQueue<Input> inbox = new LinkedBlockingQueue<>();
    private final Map<Long, CompletableFuture<ControlPlaneAnswer>> waiting = new HashMap<>();
    private final Map<Long, WatchFeed> starting = new HashMap<>();
    private final List<WatchFeed> feeds = new ArrayList<>();
    private PaxosRole lastRole = PaxosRole.FOLLOWER;
    private volatile ControlPlaneStatus status;
    private volatile @Nullable String failure;
    private volatile boolean closed;

    MemberLoop(ControlPlaneConfiguration configuration, PeerNetwork network, DecreeLogFile log, Chance chance) {
        this.name = configuration.name();
        this.network = network;
        List<String> founders = configuration.joins() ? List.of() : configuration.members();
        core = new ControlPlaneCore(
                name,
                founders,
                configuration.members(),
                configuration.settings(),
                log.found(),
                chance,
                System.nanoTime());
        status = describe();
        thread = Thread.ofPlatform().daemon().name("control-plane-" + name).unstarted(this::run);
        writer = new LogWriter(
                name, log, last -> inbox.add(new Input.Written(last)), cause -> inbox.add(new Input.DiskFailed(cause)));
        if (log.cutBytes() > 0) {
            LOGGER.warn("member {}: cut {} bytes of an interrupted write off its log", name, log.cutBytes());
        }
    }

    void start() {
        network.listen(this);
        writer.start();
        thread.start();
    }

    CompletableFuture<ControlPlaneAnswer> ask(ControlPlaneRequest request) {
        CompletableFuture<ControlPlaneAnswer> answer = new CompletableFuture<>();
        if (!offer(new Input.Asked(request, answer))) {
            answer.complete(new ControlPlaneAnswer.Unavailable("too much waits for this member of the control plane"));
        }
        if (isOver()) {
            answer.complete(over());
        }
        return answer;
    }

    /** False if too much waits. */
    private boolean offer(Input input) {
        return inbox.size() < MOST_WAITING && inbox.add(input);
    }

    void watch(WatchFeed feed) {
        if (isOver() || !offer(new Input.Watched(feed))) {
            feed.close();
        }
    }

    ControlPlaneStatus status() {
        return status;
    }

    private boolean isOver() {
        return closed || failure != null;
    }

    private ControlPlaneAnswer over() {
        String reason = failure;
        return new ControlPlaneAnswer.Unavailable(
                reason == null ? "this member of the control plane was stopped" : reason);
    }

    @Override
    public void onConnected(String peer) {}

    @Override
    public void onDisconnected(String peer) {}

    /** Drops what does not fit into the queue: the protocol is made for loss. */
    @Override
    public void onFrame(String peer, byte[] frame) {
        if (isOver()) {
            return;
        }
        try {
            if (!offer(new Input.Arrived(peer, MessageCodec.decode(frame)))) {
                LOGGER.warn("member {}: a message of {} was dropped, too much waits", name, peer);
            }
        } catch (IllegalArgumentException e) {
            LOGGER.warn("member {}: {} sent what is no message: {}", name, peer, e.getMessage());
        }
    }

    private void run() {
        try {
            perform();
            long tickAt = System.nanoTime();
            List<Input> inputs = new ArrayList<>();
            while (!closed && failure == null) {
                Input first = inbox.poll(Math.max(0, tickAt - System.nanoTime()), TimeUnit.NANOSECONDS);
                if (first != null) {
                    inputs.add(first);
                    inbox.drainTo(inputs, MOST_AT_ONCE);
                    inputs.forEach(this::take);
                    inputs.clear();
                }
                if (failure != null) {
                    return;
                }
                if (System.nanoTime() - tickAt >= 0) {
                    core.tick(System.nanoTime());
                    tickAt = System.nanoTime() + ControlPlaneConfiguration.TICK.toNanos();
                }
                perform();
            }
        } catch (InterruptedException e) {
            fail("the control plane's member " + name + " was interrupted", e);
        } catch (RuntimeException e) {
            fail("the control plane's member " + name + " came upon a defect and stopped: " + e, e);
        } finally {
            end();
        }
    }

    private void fail(String reason, Exception cause) {
        failure = reason;
        LOGGER.error("{}; it answers nobody any more", reason, cause);
    }

    private void end() {
        status = describe();
        closed = true;
        waiting.values().forEach(answer -> answer.complete(over()));
        feeds.forEach(WatchFeed::close);
        starting.values().forEach(WatchFeed::close);
        for (Input input = inbox.poll(); input != null; input = inbox.poll()) {
            if (input instanceof Input.Asked asked) {
                asked.answer().complete(over());
            } else if (input instanceof Input.Watched(WatchFeed feed)) {
                feed.close();
            }
        }
        try {
            writer.close();
        } catch (IOException e) {
            LOGGER.warn("member {}: its log could not be closed: {}", name, e.getMessage());
        }
    }

    private void take(Input input) {
        long now = System.nanoTime();
        switch (input) {
            case Input.Arrived(String from, PaxosMessage message) -> core.receive(from, message, now);
            case Input.Asked(ControlPlaneRequest request, CompletableFuture<ControlPlaneAnswer> answer) ->
                waiting.put(core.request(request, now), answer);
            case Input.Watched(WatchFeed feed) -> begin(feed);
            case Input.Written(long lastRecord) -> core.persisted(lastRecord, now);
            case Input.DiskFailed(Exception cause) ->
                fail("the disk of the control plane's member " + name + " failed: " + cause.getMessage(), cause);
        }
    }

    private void begin(WatchFeed feed) {
        long id = core.request(new ControlPlaneRequest.ListEntries(feed.prefix()), System.nanoTime());
        starting.put(id, feed);
    }

    private void perform() {
        for (ControlPlaneEffects effects = core.takeEffects(); !effects.isEmpty(); effects = core.takeEffects()) {
            for (PaxosEffects.Outgoing outgoing : effects.sends()) {
                network.send(outgoing.to(), MessageCodec.encode(outgoing.message()));
            }
            if (!effects.records().isEmpty()) {
                writer.write(effects.records(), effects.lastRecord(), effects.needsSync());
            }
            effects.events().forEach(this::hear);
        }
        status = describe();
    }

    private void hear(ControlPlaneEvent event) {
        switch (event) {
            case ControlPlaneEvent.Answered(long id, ControlPlaneAnswer answer) -> {
                CompletableFuture<ControlPlaneAnswer> future = waiting.remove(id);
                if (future != null) {
                    future.complete(answer);
                }
                WatchFeed feed = starting.remove(id);
                if (feed != null) {
                    started(feed, answer);
                }
            }
            case ControlPlaneEvent.Changed(RegisterChange change) -> {
                feeds.removeIf(WatchFeed::isClosed);
                feeds.forEach(feed -> feed.add(change));
            }
            case ControlPlaneEvent.Skipped(List<RegisterEntry> entries) -> feeds.forEach(feed -> feed.begin(entries));
            case ControlPlaneEvent.Applied ignored -> {}
        }
    }

    private void started(WatchFeed feed, ControlPlaneAnswer answer) {
        if (answer instanceof ControlPlaneAnswer.Entries(var entries)) {
            feeds.add(feed);
            feed.begin(entries);
        } else if (!feed.isClosed()) {
            begin(feed);
        }
    }

    private ControlPlaneStatus describe() {
        PaxosCore paxos = core.paxos();
        if (paxos.role() != lastRole) {
            if (paxos.role() == PaxosRole.LEADER || lastRole == PaxosRole.LEADER) {
                LOGGER.info("member {}: {} in ballot {}", name, paxos.role(), paxos.ballot());
            }
            lastRole = paxos.role();
        }
        return new ControlPlaneStatus(
                name,
                paxos.role(),
                paxos.leader(),
                paxos.ballot().toString(),
                paxos.decidedThrough(),
                paxos.members(),
                core.state().size(),
                core.state().sessions().size(),
                failure);
    }

    void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
