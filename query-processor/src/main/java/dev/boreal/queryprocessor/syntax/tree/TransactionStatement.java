package dev.boreal.queryprocessor.syntax.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The statements that begin, end and mark transactions. */
public sealed interface TransactionStatement extends Statement {

    /** The modes of BEGIN, START TRANSACTION and SET TRANSACTION, each null if not written; of one written twice the last holds. */
    record Modes(
            @Nullable IsolationLevel isolation,
            @Nullable Boolean readOnly,
            @Nullable Boolean deferrable) {
        public static final Modes NONE = new Modes(null, null, null);
    }

    enum IsolationLevel {
        READ_UNCOMMITTED("read uncommitted"),
        READ_COMMITTED("read committed"),
        REPEATABLE_READ("repeatable read"),
        SERIALIZABLE("serializable");

        private final String setting;

        IsolationLevel(String setting) {
            this.setting = setting;
        }

        /** As the setting transaction_isolation shows it. */
        public String setting() {
            return setting;
        }
    }

    /** BEGIN, or START TRANSACTION when {@code start}. */
    record Begin(boolean start, Modes modes, int position) implements TransactionStatement {
        @Override
        public String commandTag() {
            return start ? "START TRANSACTION" : "BEGIN";
        }
    }

    /** COMMIT or END. */
    record Commit(boolean chain, int position) implements TransactionStatement {
        @Override
        public String commandTag() {
            return "COMMIT";
        }
    }

    /** ROLLBACK or ABORT. */
    record Rollback(boolean chain, int position) implements TransactionStatement {
        @Override
        public String commandTag() {
            return "ROLLBACK";
        }
    }

    record Savepoint(String name, int position) implements TransactionStatement {
        @Override
        public String commandTag() {
            return "SAVEPOINT";
        }
    }

    record Release(String name, int position) implements TransactionStatement {
        @Override
        public String commandTag() {
            return "RELEASE";
        }
    }

    record RollbackTo(String name, int position) implements TransactionStatement {
        @Override
        public String commandTag() {
            return "ROLLBACK";
        }
    }

    /** SET TRANSACTION, or SET SESSION CHARACTERISTICS AS TRANSACTION when {@code session}; {@code snapshot} alone when that was written. */
    record SetTransaction(
            boolean session, Modes modes, @Nullable String snapshot, int position) implements TransactionStatement {
        @Override
        public String commandTag() {
            return "SET";
        }
    }

    /** {@code constraints} is empty for ALL. */
    record SetConstraints(List<QualifiedName> constraints, boolean deferred, int position)
            implements TransactionStatement {
        @Override
        public String commandTag() {
            return "SET CONSTRAINTS";
        }
    }
}
