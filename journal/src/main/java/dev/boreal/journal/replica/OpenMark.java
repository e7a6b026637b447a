package dev.boreal.journal.replica;

import dev.boreal.contracts.door.Journal.AppendListener;
import dev.boreal.contracts.journal.AppendRefusal;
import dev.boreal.contracts.journal.OpenOutcome;
import dev.boreal.journal.replica.ReplicaEffects.OpenListener;

/** Answers an open when its mark in the log is committed. */
record OpenMark(ReplicaEffects effects, OpenListener listener, OpenOutcome outcome) implements AppendListener {
    @Override
    public void onDurable(long position) {
        effects.opened(listener, outcome);
    }

    @Override
    public void onRefused(AppendRefusal refusal) {
        String message = refusal instanceof AppendRefusal.Unavailable unavailable
                ? unavailable.message()
                : String.valueOf(refusal);
        effects.opened(listener, new OpenOutcome.Unavailable(message));
    }
}
