package dev.boreal.queryprocessor.syntax.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The statements that make tables, views, indexes and sequences. */
public sealed interface TableDefinition extends DefinitionStatement {

    /**
     * @param ofType {@code OF type}
     * @param partitionBy whether the table is partitioned, and how
     * @param partitionOf whether it is a partition, and of what
     */
    record CreateTable(
            QualifiedName name,
            Persistence persistence,
            boolean ifNotExists,
            List<TableElement> elements,
            List<QualifiedName> inherits,
            @Nullable QualifiedName ofType,
            @Nullable PartitionBy partitionBy,
            @Nullable PartitionOf partitionOf,
            @Nullable String accessMethod,
            List<Option> options,
            OnCommit onCommit,
            @Nullable String tablespace,
            int position)
            implements TableDefinition {
        @Override
        public String commandTag() {
            return "CREATE TABLE";
        }
    }

    enum OnCommit {
        UNSPECIFIED,
        PRESERVE_ROWS,
        DELETE_ROWS,
        DROP
    }

    /** {@code PARTITION BY strategy (keys)}; strategy is lower case: list, range or hash. */
    record PartitionBy(String strategy, List<IndexElement> keys, int position) implements Node {}

    record PartitionOf(QualifiedName parent, PartitionBound bound) {}

    sealed interface PartitionBound {
        record DefaultBound() implements PartitionBound {}

        record HashBound(int modulus, int remainder) implements PartitionBound {}

        record ListBound(List<Expression> values) implements PartitionBound {}

        /** MINVALUE and MAXVALUE are column references of that name. */
        record RangeBound(List<Expression> lower, List<Expression> upper) implements PartitionBound {}
    }

    /**
     * CREATE TABLE ... AS. Exactly one of {@code query} and {@code execute} is given. The tag is {@code SELECT n} unless the table existed.
     *
     * @param withData null if neither WITH DATA nor WITH NO DATA was written, which means with
     */
    record CreateTableAs(
            IntoClause into,
            Persistence persistence,
            boolean ifNotExists,
            @Nullable Query query,
            SessionStatement.@Nullable Execute execute,
            @Nullable Boolean withData,
            int position)
            implements TableDefinition {
        @Override
        public String commandTag() {
            return "SELECT";
        }
    }

    record CreateMaterializedView(
            IntoClause into,
            Persistence persistence,
            boolean ifNotExists,
            Query query,
            @Nullable Boolean withData,
            int position)
            implements TableDefinition {
        @Override
        public String commandTag() {
            return "SELECT";
        }
    }

    record RefreshMaterializedView(
            QualifiedName name,
            boolean concurrently,
            @Nullable Boolean withData,
            int position) implements TableDefinition {
        @Override
        public String commandTag() {
            return "REFRESH MATERIALIZED VIEW";
        }
    }

    /**
     * CREATE VIEW. A recursive one's query is already wrapped: {@code WITH RECURSIVE name(columns) AS (...) SELECT columns FROM name}.
     *
     * @param queryText the query's SQL as written
     */
    record CreateView(
            QualifiedName name,
            Persistence persistence,
            boolean orReplace,
            List<String> columns,
            List<Option> options,
            Query query,
            String queryText,
            CheckOption checkOption,
            int position)
            implements TableDefinition {
        @Override
        public String commandTag() {
            return "CREATE VIEW";
        }
    }

    enum CheckOption {
        NONE,
        LOCAL,
        CASCADED
    }

    /**
     * CREATE INDEX.
     *
     * @param name null to have one chosen
     * @param concurrently CONCURRENTLY or ASYNC was written
     * @param accessMethod {@code btree} if none was written
     */
    record CreateIndex(
            @Nullable String name,
            QualifiedName table,
            boolean only,
            boolean unique,
            boolean concurrently,
            boolean ifNotExists,
            String accessMethod,
            List<IndexElement> elements,
            List<String> including,
            boolean nullsNotDistinct,
            List<Option> options,
            @Nullable String tablespace,
            @Nullable Expression where,
            int position)
            implements TableDefinition {
        @Override
        public String commandTag() {
            return "CREATE INDEX";
        }
    }

    record CreateSequence(
            QualifiedName name,
            Persistence persistence,
            boolean ifNotExists,
            List<SequenceOption> options,
            int position)
            implements TableDefinition {
        @Override
        public String commandTag() {
            return "CREATE SEQUENCE";
        }
    }

    record AlterSequence(QualifiedName name, boolean ifExists, List<SequenceOption> options, int position)
            implements TableDefinition {
        @Override
        public String commandTag() {
            return "ALTER SEQUENCE";
        }
    }

    record Truncate(List<TableExpression.Table> tables, boolean restartIdentity, DropBehavior behavior, int position)
            implements TableDefinition {
        @Override
        public String commandTag() {
            return "TRUNCATE TABLE";
        }
    }
}
