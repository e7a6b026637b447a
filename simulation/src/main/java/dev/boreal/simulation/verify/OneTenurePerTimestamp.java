package dev.boreal.simulation.verify;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** At most one adjudicator of a journal may decide at a timestamp, and none decides outside its tenure. */
public final class OneTenurePerTimestamp {
    private final TreeMap<Integer, TreeMap<Long, Tenure>> journals = new TreeMap<>();

    private static final class Tenure {
        private final String owner;
        private final long notBefore;
        private long notAfter;

        Tenure(String owner, long notBefore) {
            this.owner = owner;
            this.notBefore = notBefore;
            this.notAfter = notBefore;
        }

        @Override
        public String toString() {
            return owner + " in (" + notBefore + ", " + notAfter + "]";
        }
    }

    public @Nullable String begins(int journal, long epoch, String owner, long notBefore) {
        Tenure before =
                journals.computeIfAbsent(journal, first -> new TreeMap<>()).put(epoch, new Tenure(owner, notBefore));
        return before != null ? "epoch " + epoch + " belongs to " + before + " and to " + owner : overlap(journal);
    }

    public @Nullable String lasts(int journal, long epoch, long notAfter) {
        Tenure tenure = tenure(journal, epoch);
        if (tenure == null) {
            return "epoch " + epoch + " is nobody's";
        }
        tenure.notAfter = Math.max(tenure.notAfter, notAfter);
        return overlap(journal);
    }

    public @Nullable String issued(int journal, long epoch, long timestamp) {
        Tenure tenure = tenure(journal, epoch);
        return tenure == null || timestamp <= tenure.notBefore || timestamp > tenure.notAfter
                ? "epoch " + epoch + " issued " + timestamp + " outside its tenure " + tenure
                : null;
    }

    private @Nullable Tenure tenure(int journal, long epoch) {
        TreeMap<Long, Tenure> tenures = journals.get(journal);
        return tenures == null ? null : tenures.get(epoch);
    }

    private @Nullable String overlap(int journal) {
        Tenure before = null;
        for (Map.Entry<Long, Tenure> next :
                journals.getOrDefault(journal, new TreeMap<>()).entrySet()) {
            Tenure tenure = next.getValue();
            if (tenure.notAfter <= tenure.notBefore) {
                continue; // Nothing of it ever became durable, so it covers no timestamp.
            }
            if (before != null && tenure.notBefore < before.notAfter) {
                return "two tenures of journal " + journal + " overlap: " + before + " and, in epoch " + next.getKey()
                        + ", " + tenure;
            }
            before = tenure;
        }
        return null;
    }
}
