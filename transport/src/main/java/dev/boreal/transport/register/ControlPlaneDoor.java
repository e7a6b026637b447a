package dev.boreal.transport.register;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import dev.boreal.contracts.cluster.ControlPlaneUnavailableException;
import dev.boreal.contracts.cluster.RegisterEntry;
import dev.boreal.contracts.door.ControlPlane;
import dev.boreal.contracts.wire.RegisterAnswer;
import dev.boreal.contracts.wire.RegisterAnswers;
import dev.boreal.contracts.wire.RegisterCall;
import dev.boreal.contracts.wire.RegisterCalls;
import dev.boreal.contracts.wire.Update;
import dev.boreal.transport.TransportSettings;
import dev.boreal.transport.call.AnswerQueue;
import dev.boreal.transport.link.DoorKind;
import dev.boreal.transport.link.LinkHandler;
import dev.boreal.transport.link.MalformedMessageException;
import dev.boreal.transport.link.ServerDoor;
import dev.boreal.transport.link.ServerStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Offers a member of the control plane in this process to others. Every call has a virtual thread, since all may wait. */
public final class ControlPlaneDoor implements ServerDoor<RegisterCalls> {
    private static final Logger LOG = LoggerFactory.getLogger(ControlPlaneDoor.class);
    private static final int BATCH_ANSWERS = 1024;

    private final ControlPlane controlPlane;
    private final TransportSettings settings;

    public ControlPlaneDoor(ControlPlane controlPlane, TransportSettings settings) {
        this.controlPlane = controlPlane;
        this.settings = settings;
    }

    @Override
    public DoorKind kind() {
        return DoorKind.CONTROL_PLANE;
    }

    @Override
    public String instance() {
        return "";
    }

    @Override
    public Parser<RegisterCalls> parser() {
        return RegisterCalls.parser();
    }

    @Override
    public LinkHandler<RegisterCalls> accept(ServerStream stream) {
        return new Session(stream);
    }

    private final class Session implements LinkHandler<RegisterCalls> {
        private final ServerStream stream;
        private final AnswerQueue<RegisterAnswer> answers;
        private final Map<Long, OfferedWatch> watches = new HashMap<>();

        Session(ServerStream stream) {
            this.stream = stream;
            this.answers = new AnswerQueue<>(stream, settings.callsUnderWay());
        }

        @Override
        public void onOpened() {
            // The first word is the opener's.
        }

        @Override
        public void onMessage(RegisterCalls message) throws MalformedMessageException {
            for (RegisterCall call : message.getCallsList()) {
                serve(call);
            }
        }

        private void serve(RegisterCall call) throws MalformedMessageException {
            long id = call.getId();
            switch (call.getCallCase()) {
                case WATCH -> {
                    OfferedWatch watch = new OfferedWatch(id, answers::tell);
                    if (watches.putIfAbsent(id, watch) != null) {
                        throw new MalformedMessageException("there is a watch " + id + " already");
                    }
                    Thread.startVirtualThread(() -> watch.begin(controlPlane, call.getWatch()));
                }
                case WATCH_CREDIT -> {
                    OfferedWatch watch = watches.get(id);
                    if (watch != null) {
                        watch.grant(call.getWatchCredit());
                    }
                }
                case UNWATCH -> {
                    OfferedWatch watch = watches.remove(id);
                    if (watch != null) {
                        watch.close();
                    }
                }
                case CALL_NOT_SET -> throw new MalformedMessageException("call " + id + " asks for nothing known");
                default -> {
                    if (answers.begin()) {
                        Thread.startVirtualThread(() -> answers.answer(answer(call)));
                    } else {
                        answers.answer(unavailable(id, "too many calls are under way"));
                    }
                }
            }
        }

        private RegisterAnswer answer(RegisterCall call) {
            try {
                RegisterAnswer.Builder answer = RegisterAnswer.newBuilder().setId(call.getId());
                fill(call, answer);
                return answer.build();
            } catch (ControlPlaneUnavailableException e) {
                return unavailable(call.getId(), String.valueOf(e.getMessage()));
            } catch (RuntimeException e) {
                LOG.error("A call of {} failed", stream.member(), e);
                return unavailable(call.getId(), "the control plane failed: " + e);
            }
        }

        @Override
        public @Nullable MessageLite nextBatch() {
            RegisterAnswer answer = answers.poll();
            if (answer == null) {
                return null;
            }
            RegisterAnswers.Builder batch = RegisterAnswers.newBuilder();
            for (int i = 1; answer != null; i++) {
                batch.addAnswers(answer);
                answer = i < BATCH_ANSWERS ? answers.poll() : null;
            }
            return batch.build();
        }

        @Override
        public void onClosed(String reason) {
            for (OfferedWatch watch : watches.values()) {
                watch.close();
            }
            watches.clear();
        }
    }

    private static RegisterAnswer unavailable(long id, String reason) {
        return RegisterAnswer.newBuilder().setId(id).setUnavailable(reason).build();
    }

    private void fill(RegisterCall call, RegisterAnswer.Builder answer) {
        switch (call.getCallCase()) {
            case READ -> {
                RegisterEntry entry = controlPlane.read(call.getRead());
                if (entry == null) {
                    answer.setNoEntry(true);
                } else {
                    answer.setEntry(RegisterMessages.write(entry));
                }
            }
            case LIST -> answer.setEntries(RegisterMessages.write(controlPlane.list(call.getList())));
            case UPDATE -> {
                Update update = call.getUpdate();
                byte[] value = update.hasValue() ? update.getValue().toByteArray() : null;
                RegisterMessages.write(
                        controlPlane.compareAndSet(
                                update.getKey(), update.getExpectedVersion(), value, update.getSession()),
                        answer);
            }
            case BEGIN_SESSION ->
                answer.setSession(controlPlane.beginSession(
                        call.getBeginSession().getName(),
                        Duration.ofNanos(call.getBeginSession().getLeaseNanos())));
            case KEEP_ALIVE -> answer.setAlive(controlPlane.keepAlive(call.getKeepAlive()));
            default -> {
                controlPlane.endSession(call.getEndSession());
                answer.setDone(true);
            }
        }
    }
}
