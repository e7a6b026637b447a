package dev.boreal.queryprocessor.syntax.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The statements that neither query, define nor belong to the session. */
public sealed interface UtilityStatement extends Statement {

    /**
     * COPY; exactly one of {@code table} and {@code query} is given. Options of the old syntax are translated to the new names (format, delimiter, null,
     * header, quote, escape, force_quote, force_not_null, force_null, encoding, freeze).
     *
     * @param file the file's name or, if {@code program}, the command; null for STDIN or STDOUT
     */
    record Copy(
            @Nullable QualifiedName table,
            List<String> columns,
            @Nullable PreparableStatement query,
            boolean from,
            @Nullable String file,
            boolean program,
            List<Option> options,
            @Nullable Expression where,
            int position)
            implements UtilityStatement {
        @Override
        public String commandTag() {
            return "COPY";
        }
    }

    /**
     * EXPLAIN; the old syntax's words become options of that name without a value.
     *
     * @param statement a {@link PreparableStatement}, {@link SessionStatement.Execute}, {@link SessionStatement.DeclareCursor},
     *     {@link TableDefinition.CreateTableAs}, {@link TableDefinition.CreateMaterializedView} or {@link TableDefinition.RefreshMaterializedView}
     */
    record Explain(List<Option> options, Statement statement, int position) implements UtilityStatement {
        @Override
        public String commandTag() {
            return "EXPLAIN";
        }
    }

    /** VACUUM or, if {@code analyzeOnly}, ANALYZE; no tables means all. Old words become options. */
    record Vacuum(boolean analyzeOnly, List<Option> options, List<VacuumTarget> targets, int position)
            implements UtilityStatement {
        @Override
        public String commandTag() {
            return analyzeOnly ? "ANALYZE" : "VACUUM";
        }
    }

    record VacuumTarget(QualifiedName table, List<String> columns) {}

    /** {@code table} is null for all tables that were clustered before. */
    record Cluster(@Nullable QualifiedName table, @Nullable String index, List<Option> options, int position)
            implements UtilityStatement {
        @Override
        public String commandTag() {
            return "CLUSTER";
        }
    }

    /** {@code kind} is TABLE, INDEX, SCHEMA or DATABASE; {@code system} for REINDEX SYSTEM, whose kind is DATABASE. */
    record Reindex(
            ObjectKind kind,
            boolean system,
            QualifiedName name,
            boolean concurrently,
            List<Option> options,
            int position)
            implements UtilityStatement {
        @Override
        public String commandTag() {
            return "REINDEX";
        }
    }

    record Checkpoint(int position) implements UtilityStatement {
        @Override
        public String commandTag() {
            return "CHECKPOINT";
        }
    }

    record LockTable(List<TableExpression.Table> tables, Mode mode, boolean nowait, int position)
            implements UtilityStatement {
        public enum Mode {
            ACCESS_SHARE,
            ROW_SHARE,
            ROW_EXCLUSIVE,
            SHARE_UPDATE_EXCLUSIVE,
            SHARE,
            SHARE_ROW_EXCLUSIVE,
            EXCLUSIVE,
            ACCESS_EXCLUSIVE
        }

        @Override
        public String commandTag() {
            return "LOCK TABLE";
        }
    }

    /** {@code language} is null if none was written, which means plpgsql. */
    record Do(String body, @Nullable String language, int position) implements UtilityStatement {
        @Override
        public String commandTag() {
            return "DO";
        }
    }

    record Call(FunctionCall function, int position) implements UtilityStatement {
        @Override
        public String commandTag() {
            return "CALL";
        }
    }
}
