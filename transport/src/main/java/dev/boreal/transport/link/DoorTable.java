package dev.boreal.transport.link;

import dev.boreal.contracts.wire.Hello;
import dev.boreal.transport.LinkIdentity;
import dev.boreal.transport.TransportLoops;
import dev.boreal.transport.TransportSettings;
import io.grpc.HandlerRegistry;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The doors that a server offers, and the handshake in front of them. Doors may come and go while it runs. */
final class DoorTable extends HandlerRegistry {
    private static final Logger LOG = LoggerFactory.getLogger(DoorTable.class);

    private final TransportLoops loops;
    private final TransportSettings settings;
    private final LinkIdentity self;
    private final Map<Key, ServerDoor<?>> doors = new ConcurrentHashMap<>();
    private final Map<String, ServerMethodDefinition<?, ?>> methods = new HashMap<>();

    private record Key(DoorKind kind, String instance) {}

    DoorTable(TransportLoops loops, TransportSettings settings, LinkIdentity self) {
        this.loops = loops;
        this.settings = settings;
        this.self = self;
        for (DoorKind kind : DoorKind.values()) {
            methods.put(
                    StreamMethods.of(kind).getFullMethodName(),
                    ServerMethodDefinition.create(
                            StreamMethods.of(kind), (call, headers) -> open(kind, call, headers)));
        }
    }

    void add(ServerDoor<?> door) {
        ServerDoor<?> present = doors.putIfAbsent(new Key(door.kind(), door.instance()), door);
        if (present != null) {
            throw new IllegalArgumentException("there is a door to " + describe(door.kind(), door.instance()));
        }
    }

    void remove(ServerDoor<?> door) {
        doors.remove(new Key(door.kind(), door.instance()), door);
    }

    @Override
    public @Nullable ServerMethodDefinition<?, ?> lookupMethod(String methodName, @Nullable String authority) {
        return methods.get(methodName);
    }

    private ServerCall.Listener<Payload> open(DoorKind kind, ServerCall<Payload, Payload> call, Metadata headers) {
        Hello hello = Handshake.readHello(headers);
        String unfit = Handshake.unfit(self, hello);
        if (unfit != null || hello == null) {
            LOG.warn("A stream is refused: {}", unfit);
            return refuse(call, Status.FAILED_PRECONDITION.withDescription(unfit));
        }
        ServerDoor<?> door = doors.get(new Key(kind, hello.getInstance()));
        if (door == null) {
            return refuse(
                    call,
                    Status.UNAVAILABLE.withDescription(
                            "there is no " + describe(kind, hello.getInstance()) + " at " + self.member()));
        }
        try {
            ServerLink<?> link = new ServerLink<>(call, loops.current(), hello, self, settings, door);
            link.begin();
            return link;
        } catch (LinkRefusedException e) {
            return refuse(call, Status.UNAVAILABLE.withDescription(e.getMessage()));
        }
    }

    private static ServerCall.Listener<Payload> refuse(ServerCall<Payload, Payload> call, Status status) {
        call.close(status, new Metadata());
        return new ServerCall.Listener<>() {};
    }

    private static String describe(DoorKind kind, String instance) {
        return instance.isEmpty() ? kind.label() : kind.label() + " " + instance;
    }
}
