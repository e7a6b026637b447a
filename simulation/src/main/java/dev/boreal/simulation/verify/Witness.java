package dev.boreal.simulation.verify;

import dev.boreal.contracts.journal.PositionedEntry;
import dev.boreal.simulation.node.Watch;
import dev.boreal.simulation.world.World;
import org.jspecify.annotations.Nullable;

/** Verifies while a run goes on what cannot be seen in the end. */
public final class Witness implements Watch {
    private final World world;
    private final WatermarkNeverRetracted watermarks = new WatermarkNeverRetracted();
    private final OneTenurePerTimestamp tenures = new OneTenurePerTimestamp();
    private final PaxosAgreement paxos = new PaxosAgreement();
    private final JournalAgreement agreement = new JournalAgreement();

    public Witness(World world) {
        this.world = world;
    }

    @Override
    public void delivered(int journal, PositionedEntry entry) {
        check("JournalAgreement", agreement.delivered(journal, entry));
        check(
                "WatermarkNeverRetracted",
                watermarks.delivered("journal " + journal, entry.entry().timestamp()));
    }

    @Override
    public void acknowledged(int journal, long position, long timestamp) {
        check("JournalAgreement", agreement.acknowledged(journal, position, timestamp));
    }

    /** When everything was delivered. */
    public @Nullable String findLost() {
        return agreement.findLost();
    }

    @Override
    public void published(int journal, long timestamp) {
        watermarks.published("journal " + journal, timestamp);
    }

    @Override
    public void tenureBegins(int journal, long epoch, String owner, long notBefore) {
        check("OneTenurePerTimestamp", tenures.begins(journal, epoch, owner, notBefore));
    }

    @Override
    public void tenureLasts(int journal, long epoch, long notAfter) {
        check("OneTenurePerTimestamp", tenures.lasts(journal, epoch, notAfter));
    }

    @Override
    public void issued(int journal, long epoch, long timestamp) {
        check("OneTenurePerTimestamp", tenures.issued(journal, epoch, timestamp));
    }

    @Override
    public void decided(long slot, String decree) {
        check("PaxosAgreement", paxos.decided(slot, decree));
    }

    @Override
    public void reached(String storage, long timestamp) {
        watermarks.published(storage, timestamp);
    }

    @Override
    public void fed(String storage, int journal, long timestamp) {
        check("WatermarkNeverRetracted", watermarks.delivered(storage, timestamp));
    }

    private void check(String verifier, @Nullable String wrong) {
        if (wrong != null) {
            world.violated(verifier, wrong);
        }
    }
}
