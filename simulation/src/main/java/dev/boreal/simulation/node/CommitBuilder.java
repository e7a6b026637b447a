package dev.boreal.simulation.node;

import dev.boreal.contracts.door.Adjudicator;
import dev.boreal.contracts.door.Storage;
import dev.boreal.contracts.feed.FeedStart;
import dev.boreal.contracts.read.ScanRequest;
import dev.boreal.contracts.transaction.AccessMode;
import dev.boreal.contracts.transaction.CommitOutcome;
import dev.boreal.contracts.transaction.CommitRequest;
import dev.boreal.contracts.transaction.WriteSet;
import dev.boreal.queryprocessor.catalog.CatalogSnapshot;
import dev.boreal.queryprocessor.transaction.BufferedTransaction;
import dev.boreal.simulation.workload.Item;
import dev.boreal.simulation.workload.Numbers;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Builds a commit request with the query processor's own {@link BufferedTransaction}: its write buffer, its set of accesses, its
 * record. What it reads was fetched before, since here nothing can wait.
 */
final class CommitBuilder {
    private static final CatalogSnapshot NO_CATALOG = new CatalogSnapshot(1, List.of(), List.of(), List.of());
    private static final long NEVER_SPILLS = 1L << 30;

    private CommitBuilder() {}

    static CommitRequest build(
            long id, long snapshot, String session, SortedMap<Item, Numbers> read, SortedMap<Item, Numbers> writes) {
        Capture capture = new Capture();
        try (BufferedTransaction transaction = new BufferedTransaction(
                id, snapshot, false, false, NO_CATALOG, new Fetched(), NEVER_SPILLS, Path.of("unused"))) {
            writes.forEach((item, value) -> {
                transaction.accessTableVersion(item.tableOid(), AccessMode.KEY_SHARE);
                AccessMode mode = read.containsKey(item) ? AccessMode.WRITE : AccessMode.KEY_WRITE;
                transaction.access(item.key(), mode, item.tableOid());
                transaction.put(item.key(), value.encode());
            });
            CommitOutcome ignored = transaction.commit(capture, session, "");
        }
        CommitRequest request = capture.request;
        if (request == null) {
            throw new IllegalStateException("the transaction asked for nothing");
        }
        return request;
    }

    /** Takes the request out of the door. */
    private static final class Capture implements Adjudicator {
        private @Nullable CommitRequest request;

        @Override
        public void commit(CommitRequest asked, CommitListener listener) {
            request = asked;
            listener.onOutcome(new CommitOutcome.Indeterminate("on its way"));
        }

        @Override
        public CommitOutcome commit(CommitRequest asked) {
            request = asked;
            return new CommitOutcome.Indeterminate("on its way");
        }

        @Override
        public StageOutcome stage(long transactionId, WriteSet writes) {
            throw new IllegalStateException("no transaction of a simulation is that large");
        }
    }

    /** The values were read before the body ran: nothing is asked here. */
    private static final class Fetched implements Storage {
        @Override
        public boolean tryReach(long asOf) {
            return true;
        }

        @Override
        public void awaitReach(long asOf) {
            // It is reached.
        }

        @Override
        public byte @Nullable [] get(byte[] key, long asOf) {
            throw new IllegalStateException("not fetched");
        }

        @Override
        public byte[] @Nullable [] getAll(byte[][] keys, long asOf) {
            throw new IllegalStateException("not fetched");
        }

        @Override
        public long count(ScanRequest scan) {
            throw new IllegalStateException("not fetched");
        }

        @Override
        public Scan scan(ScanRequest scan) {
            throw new IllegalStateException("not fetched");
        }

        @Override
        public FeedStart persistedPositions() {
            return FeedStart.BEGINNING;
        }
    }
}
