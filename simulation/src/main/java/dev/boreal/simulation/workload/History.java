package dev.boreal.simulation.workload;

import java.util.ArrayList;
import java.util.List;

/** All transactions of a run, in the order in which their clients began them. */
public final class History {
    private final List<Attempt> attempts = new ArrayList<>();

    public Attempt begin(String session, Plan plan, long now, long snapshot) {
        Attempt attempt = new Attempt(attempts.size() + 1L, session, plan, now, snapshot);
        attempts.add(attempt);
        return attempt;
    }

    public List<Attempt> attempts() {
        return attempts;
    }

    public boolean isOver() {
        for (Attempt attempt : attempts) {
            if (attempt.ending() == Attempt.Ending.OPEN) {
                return false;
            }
        }
        return true;
    }

    public long lastTimestamp() {
        long last = 0;
        for (Attempt attempt : attempts) {
            last = Math.max(last, attempt.timestamp());
        }
        return last;
    }

    public int committed() {
        int committed = 0;
        for (Attempt attempt : attempts) {
            committed += attempt.committed() && attempt.timestamp() != 0 ? 1 : 0;
        }
        return committed;
    }
}
