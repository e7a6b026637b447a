package dev.boreal.controlplane.paxos;

import java.util.ArrayList;
import java.util.List;

/** Gets decided decrees from a member that has them, and gives them to one that has not. The asker pulls part by part. */
final class CatchingUp {
    private final DecreeLog log;
    private final Outbox outbox;
    private final PaxosSettings settings;
    private long asked = Long.MIN_VALUE;
    private long snapshotSlot;
    private byte[] part = new byte[0];
    private int filled;

    CatchingUp(DecreeLog log, Outbox outbox, PaxosSettings settings) {
        this.log = log;
        this.outbox = outbox;
        this.settings = settings;
    }

    /** Asks {@code from} for what follows, unless something was asked for a moment ago. */
    void want(String from, long now) {
        if (asked == Long.MIN_VALUE || now - asked >= settings.retryNanos()) {
            ask(from, now);
        }
    }

    private void ask(String from, long now) {
        asked = now;
        outbox.send(
                from,
                new PaxosMessage.CatchUp(
                        log.decidedThrough() + 1, !log.memberships().isKnown(), snapshotSlot, filled));
    }

    void serve(String to, PaxosMessage.CatchUp request) {
        if (!log.memberships().isKnown()) {
            return;
        }
        if (request.needsSnapshot() || request.fromSlot() <= log.trimmedThrough()) {
            servePart(to, request);
        } else if (request.fromSlot() <= log.decidedThrough()) {
            serveDecrees(to, request.fromSlot());
        }
    }

    private void serveDecrees(String to, long fromSlot) {
        List<Decree> decrees = new ArrayList<>();
        long bytes = 0;
        for (long slot = fromSlot; slot <= log.decidedThrough() && bytes < settings.partBytes(); slot++) {
            Decree decree = log.decided(slot);
            decrees.add(decree);
            bytes += decree instanceof Decree.Command(byte[] command) ? command.length + 64L : 64L;
        }
        outbox.send(to, new PaxosMessage.Decrees(fromSlot, decrees, log.decidedThrough()));
    }

    private void servePart(String to, PaxosMessage.CatchUp request) {
        Snapshot snapshot = log.snapshot();
        if (snapshot == null) {
            outbox.tell(new PaxosEvent.SnapshotWanted());
            return;
        }
        byte[] whole = log.encodedSnapshot();
        int offset = request.snapshotSlot() == snapshot.slot() ? request.offset() : 0;
        if (offset < 0 || offset > whole.length) {
            return;
        }
        int length = Math.min(settings.partBytes(), whole.length - offset);
        byte[] bytes = new byte[length];
        System.arraycopy(whole, offset, bytes, 0, length);
        outbox.send(to, new PaxosMessage.SnapshotPart(snapshot.slot(), whole.length, offset, bytes));
    }

    void takeDecrees(String from, PaxosMessage.Decrees arrived, long now) {
        if (!log.memberships().isKnown()) {
            return;
        }
        long slot = arrived.fromSlot();
        boolean news = false;
        for (Decree decree : arrived.decrees()) {
            news |= slot > log.decidedThrough();
            log.learn(slot, decree);
            slot++;
        }
        if (news && log.decidedThrough() < arrived.decidedThrough()) {
            ask(from, now);
        }
    }

    void takePart(String from, PaxosMessage.SnapshotPart arrived, long now) {
        boolean useless =
                arrived.slot() <= log.decidedThrough() && log.memberships().isKnown();
        if (useless || arrived.total() < 0 || arrived.total() > Snapshot.LARGEST_BYTES) {
            return;
        }
        if (arrived.slot() != snapshotSlot || arrived.total() != part.length) {
            snapshotSlot = arrived.slot();
            part = new byte[arrived.total()];
            filled = 0;
        }
        if (arrived.offset() != filled || arrived.bytes().length > part.length - filled) {
            return;
        }
        System.arraycopy(arrived.bytes(), 0, part, filled, arrived.bytes().length);
        filled += arrived.bytes().length;
        if (filled == part.length) {
            log.install(Snapshot.decode(part));
            snapshotSlot = 0;
            part = new byte[0];
            filled = 0;
        }
        ask(from, now);
    }
}
