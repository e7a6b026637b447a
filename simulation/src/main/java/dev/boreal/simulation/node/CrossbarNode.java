package dev.boreal.simulation.node;

import dev.boreal.contracts.feed.FeedEntry;
import dev.boreal.contracts.feed.FeedStart;
import dev.boreal.contracts.journal.PositionedEntry;
import dev.boreal.contracts.key.KeyRange;
import dev.boreal.contracts.transaction.TransactionRecord;
import dev.boreal.contracts.transaction.WriteSet;
import dev.boreal.crossbar.merge.JournalMerge;
import dev.boreal.crossbar.merge.MergeEntry;
import dev.boreal.crossbar.route.RangeCut;
import dev.boreal.simulation.PlantedBug;
import dev.boreal.simulation.world.Link;
import dev.boreal.simulation.world.LinkEnd;
import dev.boreal.simulation.world.Node;
import dev.boreal.simulation.world.SkewedClock;
import dev.boreal.simulation.world.World;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A crossbar: per subscriber the real {@link JournalMerge} and {@link RangeCut}, as {@code crossbar.service.Feed} drives them. A
 * feed ends when one of its journals' links breaks; the subscriber goes on elsewhere from its positions.
 */
public final class CrossbarNode extends Node {
    private final List<List<String>> journals;
    private final PlantedBug bug;

    /** @param journals per journal the nodes that serve it */
    public CrossbarNode(
            World world, String name, String zone, SkewedClock clock, List<List<String>> journals, PlantedBug bug) {
        super(world, name, zone, clock);
        this.journals = journals;
        this.bug = bug;
    }

    @Override
    protected void start() {
        // Nothing is remembered, and nobody listens yet.
    }

    @Override
    protected void lost() {
        // Feeds live in their links.
    }

    @Override
    protected @Nullable LinkEnd accept(Link link, Object hello) {
        return hello instanceof FeedMessage.Subscribe(FeedStart start) ? new Feed(link, start) : null;
    }

    private final class Feed implements LinkEnd {
        private final Link link;
        private final JournalMerge merge = new JournalMerge();
        private final RangeCut cut = new RangeCut(KeyRange.ALL);
        private final List<Link> lanes = new ArrayList<>();
        private long published = Long.MIN_VALUE;
        private boolean over;

        Feed(Link link, FeedStart start) {
            this.link = link;
            for (int i = 0; i < journals.size(); i++) {
                merge.addJournal();
            }
            for (int i = 0; i < journals.size(); i++) {
                long after = start.position(i);
                if (bug == PlantedBug.CROSSBAR_SKIPS_ON_RESUME && after > 0) {
                    after++;
                }
                lanes.add(connect(serverOf(i), new JournalMessage.Subscribe(after), new Lane(i)));
            }
        }

        private String serverOf(int journal) {
            List<String> servers = journals.get(journal);
            return servers.get(chance().below(servers.size()));
        }

        @Override
        public void onMessage(Object message) {
            if (message instanceof FeedMessage.RequestAdvance(long timestamp)) {
                for (Link lane : lanes) {
                    lane.send(CrossbarNode.this, new JournalMessage.RequestAdvance(timestamp));
                }
            }
        }

        @Override
        public void onBroken() {
            end();
        }

        private void end() {
            if (!over) {
                over = true;
                for (Link lane : lanes) {
                    lane.close(CrossbarNode.this);
                }
                link.close(CrossbarNode.this);
            }
        }

        private void release() {
            List<FeedEntry> ready = new ArrayList<>();
            for (MergeEntry next = merge.poll(); next != null; next = merge.poll()) {
                WriteSet writes = cut.cut(next.record().writes());
                ready.add(new FeedEntry(next.timestamp(), next.journal(), next.position(), writes, true));
            }
            if (bug == PlantedBug.CROSSBAR_REORDERS && ready.size() > 1 && chance().oneIn(4)) {
                int at = chance().below(ready.size() - 1);
                Collections.swap(ready, at, at + 1);
            }
            if (!ready.isEmpty()) {
                link.send(CrossbarNode.this, new FeedMessage.Entries(ready));
            }
            long watermark = merge.watermark();
            if (watermark > published) {
                published = watermark;
                link.send(CrossbarNode.this, new FeedMessage.Watermark(watermark));
            }
        }

        private final class Lane implements LinkEnd {
            private final int index;

            Lane(int index) {
                this.index = index;
            }

            @Override
            public void onMessage(Object message) {
                if (over) {
                    return;
                }
                switch (message) {
                    case JournalMessage.Entries(List<PositionedEntry> entries) -> entries.forEach(this::offer);
                    case JournalMessage.Watermark(long timestamp) -> raise(timestamp);
                    default -> throw new IllegalStateException("a journal does not tell subscribers " + message);
                }
                release();
            }

            private void offer(PositionedEntry entry) {
                TransactionRecord record =
                        TransactionRecord.decode(entry.entry().payload());
                long timestamp = entry.entry().timestamp();
                if (record.kind() == TransactionRecord.Kind.COMMIT) {
                    String wrong = merge.offer(new MergeEntry(timestamp, index, entry.position(), record));
                    if (wrong != null) {
                        throw new IllegalStateException(wrong);
                    }
                }
                raise(timestamp);
            }

            private void raise(long timestamp) {
                for (int i = 0; i < journals.size(); i++) {
                    if (i == index || bug == PlantedBug.CROSSBAR_RELEASES_EARLY) {
                        merge.raise(i, timestamp);
                    }
                }
            }

            @Override
            public void onBroken() {
                end();
            }
        }
    }
}
