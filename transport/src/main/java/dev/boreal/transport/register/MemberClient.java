package dev.boreal.transport.register;

import com.google.protobuf.MessageLite;
import dev.boreal.contracts.wire.RegisterAnswer;
import dev.boreal.contracts.wire.RegisterAnswers;
import dev.boreal.contracts.wire.RegisterCall;
import dev.boreal.contracts.wire.RegisterCalls;
import dev.boreal.transport.TransportContext;
import dev.boreal.transport.call.AwaitedCall;
import dev.boreal.transport.call.Call;
import dev.boreal.transport.call.DoorClient;
import dev.boreal.transport.call.Note;
import dev.boreal.transport.link.DoorKind;
import dev.boreal.transport.link.LinkTarget;
import dev.boreal.transport.link.MalformedMessageException;
import java.net.InetSocketAddress;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One member of the control plane, in another process. */
final class MemberClient extends DoorClient<RegisterCall, RegisterAnswer, RegisterAnswers> {
    MemberClient(TransportContext context, String member, Supplier<@Nullable InetSocketAddress> address) {
        super(context, new LinkTarget(DoorKind.CONTROL_PLANE, "", member), address, RegisterAnswers.parser());
        start();
    }

    /** What became of a call: an answer, or why there is none and whether the call may have arrived, and may be answered yet. */
    record Reply(@Nullable RegisterAnswer answer, boolean mayHaveArrived, boolean late, String reason) {}

    /** Whether it has said nothing for a while. Any thread. */
    boolean isSilent() {
        return isQuiet();
    }

    /** Waits for an answer so long at most. */
    Reply ask(RegisterCall.Builder builder, long patienceNanos) {
        requireNotOnLoop();
        RegisterCall message = builder.setId(calls().nextId()).build();
        AwaitedCall<RegisterCall, RegisterAnswer> call = new AwaitedCall<>(message.getId(), message);
        if (!sendWithDeadline(call)) {
            return new Reply(null, false, false, "too many calls are under way to " + target());
        }
        if (!call.isOverWithin(patienceNanos)) {
            onLoop(() -> calls().forget(message.getId()));
            return new Reply(null, true, true, target() + " has not answered");
        }
        return switch (call.await()) {
            case ANSWERED -> new Reply(call.answer(), true, false, "");
            case BROKEN -> new Reply(null, call.mayHaveArrived(), false, call.reason());
            case INTERRUPTED -> {
                onLoop(() -> calls().forget(message.getId()));
                yield new Reply(null, true, false, "interrupted");
            }
        };
    }

    /** Watches at this member; {@link ReceivedWatch#end} tells when that is over. */
    WatchCall watch(String prefix) {
        long id = calls().nextId();
        RegisterCall message =
                RegisterCall.newBuilder().setId(id).setWatch(prefix).build();
        ReceivedWatch watch = new ReceivedWatch(events -> send(new Note<>(
                id, RegisterCall.newBuilder().setId(id).setWatchCredit(events).build())));
        WatchCall call = new WatchCall(message, watch);
        if (!send(call)) {
            watch.end("too many calls are under way to " + target());
        }
        return call;
    }

    /** A watch under way at this member. */
    final class WatchCall extends Call<RegisterCall, RegisterAnswer> {
        private final ReceivedWatch watch;

        WatchCall(RegisterCall message, ReceivedWatch watch) {
            super(message.getId(), message);
            this.watch = watch;
        }

        ReceivedWatch watch() {
            return watch;
        }

        void close() {
            watch.end("closed");
            send(new Note<>(
                    id(), RegisterCall.newBuilder().setId(id()).setUnwatch(true).build()));
            onLoop(() -> calls().forget(id()));
        }

        @Override
        public boolean answered(RegisterAnswer answer) {
            if (answer.hasUnavailable()) {
                watch.end(answer.getUnavailable());
                return true;
            }
            watch.arrived(answer);
            return false;
        }

        @Override
        public void broken(boolean sent, String reason) {
            watch.end(reason);
        }
    }

    @Override
    public @Nullable MessageLite nextBatch() {
        Call<RegisterCall, RegisterAnswer> call = calls().poll();
        if (call == null) {
            return null;
        }
        RegisterCalls.Builder batch = RegisterCalls.newBuilder();
        int bytes = 0;
        while (call != null) {
            batch.addCalls(call.message());
            bytes += call.bytes();
            call = bytes < BATCH_BYTES ? calls().poll() : null;
        }
        return batch.build();
    }

    @Override
    public void onMessage(RegisterAnswers message) throws MalformedMessageException {
        for (RegisterAnswer answer : message.getAnswersList()) {
            calls().answered(answer.getId(), answer);
        }
    }
}
