package dev.boreal.journal.replica;

import dev.boreal.contracts.door.Journal.AppendListener;
import dev.boreal.contracts.journal.AppendRefusal;

/** Of an append that was sent twice. */
record BothListeners(ReplicaEffects effects, AppendListener first, AppendListener second) implements AppendListener {
    @Override
    public void onDurable(long position) {
        effects.durable(first, position);
        effects.durable(second, position);
    }

    @Override
    public void onRefused(AppendRefusal refusal) {
        effects.refused(first, refusal);
        effects.refused(second, refusal);
    }
}
