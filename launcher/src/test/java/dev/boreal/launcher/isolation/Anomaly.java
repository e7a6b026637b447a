package dev.boreal.launcher.isolation;

import dev.boreal.launcher.isolation.Scenario.Transaction;

/**
 * The anomalies of the literature (Adya, "Weak Consistency", 1999; Bailis et al., "Highly Available Transactions",
 * 2013), and whether REPEATABLE READ, which is snapshot isolation, allows them.
 */
enum Anomaly {
    G0("dirty write: two transactions' writes are interleaved", false) {
        @Override
        boolean occurs(Scenario run) throws Exception {
            run.first().change(set(1, 11));
            run.second().change(set(1, 12));
            run.first().change(set(2, 21)).commit();
            run.second().change(set(2, 22)).commit();
            String state = run.finalState();
            return !state.equals("[1=11, 2=21]") && !state.equals("[1=12, 2=22]");
        }
    },
    G1A("aborted read: a value is read that never was", false) {
        @Override
        boolean occurs(Scenario run) throws Exception {
            run.first().change(set(1, 101));
            String before = run.second().read(ALL);
            run.first().rollback();
            return before.contains("101") || run.second().read(ALL).contains("101");
        }
    },
    G1B("intermediate read: a value is read that was overwritten by its own transaction", false) {
        @Override
        boolean occurs(Scenario run) throws Exception {
            run.first().change(set(1, 101));
            String before = run.second().read(ALL);
            run.first().change(set(1, 11)).commit();
            return before.contains("101") || run.second().read(ALL).contains("101");
        }
    },
    G1C("circular information flow: two transactions see each other's writes", false) {
        @Override
        boolean occurs(Scenario run) throws Exception {
            run.first().change(set(1, 11));
            run.second().change(set(2, 22));
            boolean firstSaw = run.first().read(get(2)).contains("22");
            boolean secondSaw = run.second().read(get(1)).contains("11");
            run.first().commit();
            run.second().commit();
            return firstSaw && secondSaw;
        }
    },
    OTV("observed transaction vanishes: a transaction is seen, then no longer", false) {
        @Override
        boolean occurs(Scenario run) throws Exception {
            run.first().change(set(1, 11)).change(set(2, 19));
            run.second().change(set(1, 12));
            run.first().commit();
            String one = run.third().read(get(1));
            run.second().change(set(2, 18));
            String two = run.third().read(get(2));
            run.second().commit();
            boolean stable = run.third().read(get(2)).equals(two)
                    && run.third().read(get(1)).equals(one);
            return !stable || one.equals("[11]") != two.equals("[19]");
        }
    },
    PMP("predicate-many-preceders: a predicate matches rows that were added meanwhile", false) {
        @Override
        boolean occurs(Scenario run) throws Exception {
            run.first().read(THIRDS);
            run.second().change("INSERT INTO anomaly VALUES (3, 30)").commit();
            return !run.first().read(THIRDS).equals("[]");
        }
    },
    PMP_WRITE("predicate-many-preceders for writes: a predicate misses what another made of the row", false) {
        @Override
        boolean occurs(Scenario run) throws Exception {
            run.first().change("UPDATE anomaly SET value = value + 10");
            run.second().read(ALL);
            run.second().change("DELETE FROM anomaly WHERE value = 20");
            run.first().commit();
            run.second().commit();
            return run.first().committed() && run.second().committed();
        }
    },
    LOST_UPDATE("lost update: both read, both write, one write is gone", false) {
        @Override
        boolean occurs(Scenario run) throws Exception {
            run.first().read(get(1));
            run.second().read(get(1));
            run.first().change(set(1, 11));
            run.second().change(set(1, 11));
            run.first().commit();
            run.second().commit();
            return run.first().committed() && run.second().committed();
        }
    },
    G_SINGLE("read skew: one row before and another after a transaction", false) {
        @Override
        boolean occurs(Scenario run) throws Exception {
            String one = run.first().read(get(1));
            run.second().change(set(1, 12)).change(set(2, 18)).commit();
            return one.equals("[10]") && run.first().read(get(2)).equals("[18]");
        }
    },
    G_SINGLE_PREDICATE("read skew through predicates", false) {
        @Override
        boolean occurs(Scenario run) throws Exception {
            run.first().read("SELECT value FROM anomaly WHERE value % 5 = 0 ORDER BY id");
            run.second()
                    .change("UPDATE anomaly SET value = 12 WHERE value = 10")
                    .commit();
            return run.first()
                    .read("SELECT value FROM anomaly WHERE value % 3 = 0 ORDER BY id")
                    .contains("12");
        }
    },
    G_SINGLE_WRITE("read skew that ends in a write", false) {
        @Override
        boolean occurs(Scenario run) throws Exception {
            run.first().read(get(1));
            run.second().change(set(1, 12)).change(set(2, 18)).commit();
            run.first().change("DELETE FROM anomaly WHERE value = 20").commit();
            return run.first().committed();
        }
    },
    G2_ITEM("write skew: both read both rows, each writes another one", true) {
        @Override
        boolean occurs(Scenario run) throws Exception {
            run.first().read(ALL);
            run.second().read(ALL);
            return bothCommit(run, set(1, 11), set(2, 21));
        }
    },
    G2_ITEM_FOR_UPDATE("write skew, having read FOR UPDATE", false) {
        @Override
        boolean occurs(Scenario run) throws Exception {
            run.first().change(ALL + " FOR UPDATE");
            run.second().change(ALL + " FOR UPDATE");
            return bothCommit(run, set(1, 11), set(2, 21));
        }
    },
    G2("anti-dependency cycle through a predicate", true) {
        @Override
        boolean occurs(Scenario run) throws Exception {
            run.first().read(THIRDS);
            run.second().read(THIRDS);
            return bothCommit(run, "INSERT INTO anomaly VALUES (3, 30)", "INSERT INTO anomaly VALUES (4, 42)");
        }
    };

    private static final String ALL = "SELECT value FROM anomaly WHERE id IN (1, 2) ORDER BY id";
    private static final String THIRDS = "SELECT value FROM anomaly WHERE value % 3 = 0 ORDER BY id";

    private final String description;
    private final boolean allowed;

    Anomaly(String description, boolean allowed) {
        this.description = description;
        this.allowed = allowed;
    }

    /** Whether REPEATABLE READ allows it. */
    boolean isAllowed() {
        return allowed;
    }

    abstract boolean occurs(Scenario run) throws Exception;

    @Override
    public String toString() {
        return name() + ", " + description;
    }

    private static String set(int id, int value) {
        return "UPDATE anomaly SET value = " + value + " WHERE id = " + id;
    }

    private static String get(int id) {
        return "SELECT value FROM anomaly WHERE id = " + id;
    }

    private static boolean bothCommit(Scenario run, String one, String two) throws Exception {
        Transaction first = run.first().change(one);
        Transaction second = run.second().change(two);
        first.commit();
        second.commit();
        return first.committed() && second.committed();
    }
}
