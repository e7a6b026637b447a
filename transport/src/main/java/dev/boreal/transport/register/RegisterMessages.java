package dev.boreal.transport.register;

import dev.boreal.contracts.cluster.RegisterEntry;
import dev.boreal.contracts.cluster.UpdateOutcome;
import dev.boreal.contracts.wire.RegisterAnswer;
import dev.boreal.contracts.wire.RegisterValue;
import dev.boreal.contracts.wire.RegisterValues;
import dev.boreal.contracts.wire.VersionMoved;
import dev.boreal.transport.WireValues;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands in the register, as it travels. */
final class RegisterMessages {
    private RegisterMessages() {}

    static RegisterValue write(RegisterEntry entry) {
        return RegisterValue.newBuilder()
                .setKey(entry.key())
                .setValue(WireValues.bytes(entry.value()))
                .setVersion(entry.version())
                .setSession(entry.session())
                .build();
    }

    static RegisterEntry read(RegisterValue value) {
        return new RegisterEntry(
                value.getKey(), value.getValue().toByteArray(), value.getVersion(), value.getSession());
    }

    static RegisterValues write(List<RegisterEntry> entries) {
        RegisterValues.Builder values = RegisterValues.newBuilder();
        for (RegisterEntry entry : entries) {
            values.addEntries(write(entry));
        }
        return values.build();
    }

    static List<RegisterEntry> read(RegisterValues values) {
        List<RegisterEntry> entries = new ArrayList<>(values.getEntriesCount());
        for (RegisterValue value : values.getEntriesList()) {
            entries.add(read(value));
        }
        return entries;
    }

    static void write(UpdateOutcome outcome, RegisterAnswer.Builder answer) {
        switch (outcome) {
            case UpdateOutcome.Updated updated -> answer.setUpdated(updated.version());
            case UpdateOutcome.VersionMoved moved -> {
                VersionMoved.Builder message = VersionMoved.newBuilder();
                RegisterEntry current = moved.current();
                if (current != null) {
                    message.setCurrent(write(current));
                }
                answer.setVersionMoved(message);
            }
            case UpdateOutcome.SessionEnded ended -> answer.setSessionEnded(ended.session());
            case UpdateOutcome.Unavailable unavailable -> answer.setUnavailable(unavailable.message());
        }
    }

    static UpdateOutcome readUpdate(RegisterAnswer answer) {
        return switch (answer.getAnswerCase()) {
            case UPDATED -> new UpdateOutcome.Updated(answer.getUpdated());
            case VERSION_MOVED -> new UpdateOutcome.VersionMoved(current(answer.getVersionMoved()));
            case SESSION_ENDED -> new UpdateOutcome.SessionEnded(answer.getSessionEnded());
            case UNAVAILABLE -> new UpdateOutcome.Unavailable(answer.getUnavailable());
            default -> new UpdateOutcome.Unavailable("the control plane answered with " + answer.getAnswerCase());
        };
    }

    private static @Nullable RegisterEntry current(VersionMoved moved) {
        return moved.hasCurrent() ? read(moved.getCurrent()) : null;
    }
}
