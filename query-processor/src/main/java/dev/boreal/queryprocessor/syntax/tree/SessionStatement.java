package dev.boreal.queryprocessor.syntax.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The statements about the session: settings, prepared statements, cursors, notifications. */
public sealed interface SessionStatement extends Statement {

    /**
     * SET, with the setting's canonical name: SET TIME ZONE is {@code timezone}, NAMES {@code client_encoding}, SCHEMA {@code search_path}, SESSION
     * AUTHORIZATION {@code session_authorization}, ROLE {@code role}, XML OPTION {@code xmloption}, SEED {@code seed}.
     *
     * @param values several only for list settings; empty means DEFAULT
     * @param local SET LOCAL
     */
    record SetParameter(String name, List<SettingValue> values, boolean local, int position)
            implements SessionStatement {
        @Override
        public String commandTag() {
            return "SET";
        }
    }

    /**
     * A value of SET.
     *
     * @param kind how it was written
     * @param text the word, the string's contents, the number with its sign, the interval literal's contents
     * @param type the type of an INTERVAL literal, else null
     */
    record SettingValue(Kind kind, String text, @Nullable TypeName type, int position) implements Node {
        public enum Kind {
            WORD,
            STRING,
            NUMBER,
            INTERVAL
        }
    }

    /** {@code SET name FROM CURRENT}, legal only within CREATE FUNCTION and ALTER ROLE. */
    record SetFromCurrent(String name, boolean local, int position) implements SessionStatement {
        @Override
        public String commandTag() {
            return "SET";
        }
    }

    /** {@code name} is null for RESET ALL; canonical as in {@link SetParameter}, RESET TRANSACTION ISOLATION LEVEL is {@code transaction_isolation}. */
    record Reset(@Nullable String name, int position) implements SessionStatement {
        @Override
        public String commandTag() {
            return "RESET";
        }
    }

    /** {@code name} is null for SHOW ALL; canonical as in {@link SetParameter}. */
    record Show(@Nullable String name, int position) implements SessionStatement {
        @Override
        public String commandTag() {
            return "SHOW";
        }
    }

    record Discard(What what, int position) implements SessionStatement {
        public enum What {
            ALL,
            PLANS,
            SEQUENCES,
            TEMPORARY
        }

        @Override
        public String commandTag() {
            return switch (what) {
                case ALL -> "DISCARD ALL";
                case PLANS -> "DISCARD PLANS";
                case SEQUENCES -> "DISCARD SEQUENCES";
                case TEMPORARY -> "DISCARD TEMP";
            };
        }
    }

    /** @param text the statement's SQL as written */
    record Prepare(String name, List<TypeName> parameterTypes, PreparableStatement statement, String text, int position)
            implements SessionStatement {
        @Override
        public String commandTag() {
            return "PREPARE";
        }
    }

    /** The tag is that of the prepared statement. */
    record Execute(String name, List<Expression> arguments, int position) implements SessionStatement {
        @Override
        public String commandTag() {
            return "EXECUTE";
        }
    }

    /** {@code name} is null for ALL. */
    record Deallocate(@Nullable String name, int position) implements SessionStatement {
        @Override
        public String commandTag() {
            return name == null ? "DEALLOCATE ALL" : "DEALLOCATE";
        }
    }

    /** @param scroll null if neither SCROLL nor NO SCROLL was written */
    record DeclareCursor(
            String name,
            boolean binary,
            @Nullable Boolean scroll,
            boolean insensitive,
            boolean asensitive,
            boolean hold,
            Query query,
            int position)
            implements SessionStatement {
        @Override
        public String commandTag() {
            return "DECLARE CURSOR";
        }
    }

    /**
     * FETCH or MOVE.
     *
     * @param count rows for FORWARD and BACKWARD ({@link Long#MAX_VALUE} for ALL), place for ABSOLUTE and RELATIVE
     */
    record Fetch(boolean move, String cursor, Direction direction, long count, int position)
            implements SessionStatement {
        public enum Direction {
            FORWARD,
            BACKWARD,
            ABSOLUTE,
            RELATIVE
        }

        @Override
        public String commandTag() {
            return move ? "MOVE" : "FETCH";
        }
    }

    /** {@code name} is null for ALL. */
    record CloseCursor(@Nullable String name, int position) implements SessionStatement {
        @Override
        public String commandTag() {
            return name == null ? "CLOSE CURSOR ALL" : "CLOSE CURSOR";
        }
    }

    record Listen(String channel, int position) implements SessionStatement {
        @Override
        public String commandTag() {
            return "LISTEN";
        }
    }

    /** {@code channel} is null for {@code *}. */
    record Unlisten(@Nullable String channel, int position) implements SessionStatement {
        @Override
        public String commandTag() {
            return "UNLISTEN";
        }
    }

    record Notify(String channel, @Nullable String payload, int position) implements SessionStatement {
        @Override
        public String commandTag() {
            return "NOTIFY";
        }
    }
}
