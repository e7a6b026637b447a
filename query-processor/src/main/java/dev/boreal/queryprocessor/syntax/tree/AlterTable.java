package dev.boreal.queryprocessor.syntax.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * ALTER TABLE with its actions, and the same for an index, sequence, view, materialized or foreign table.
 *
 * @param kind what was written after ALTER
 */
public record AlterTable(
        ObjectKind kind, QualifiedName name, boolean only, boolean ifExists, List<Action> actions, int position)
        implements DefinitionStatement {

    @Override
    public String commandTag() {
        return "ALTER " + kind.sql();
    }

    /** One action. */
    public sealed interface Action extends Node {}

    public record AddColumn(TableElement.ColumnDefinition column, boolean ifNotExists, int position)
            implements Action {}

    public record DropColumn(String column, boolean ifExists, DefinitionStatement.DropBehavior behavior, int position)
            implements Action {}

    /** SET DEFAULT; null means DROP DEFAULT. */
    public record SetDefault(String column, @Nullable Expression expression, int position) implements Action {}

    /** SET NOT NULL, or DROP NOT NULL when {@code notNull} is false. */
    public record SetNotNull(String column, boolean notNull, int position) implements Action {}

    public record SetType(
            String column,
            TypeName type,
            @Nullable QualifiedName collation,
            @Nullable Expression using,
            int position) implements Action {}

    /** {@code DROP EXPRESSION}. */
    public record DropExpression(String column, boolean ifExists, int position) implements Action {}

    public record AddIdentity(String column, boolean always, List<SequenceOption> options, int position)
            implements Action {}

    /** {@code SET GENERATED ...}, {@code SET sequence option}, {@code RESTART}; {@code always} is null if not set. */
    public record SetIdentity(String column, @Nullable Boolean always, List<SequenceOption> options, int position)
            implements Action {}

    public record DropIdentity(String column, boolean ifExists, int position) implements Action {}

    /** {@code SET STATISTICS n}; the column may be a number, in an index. */
    public record SetStatistics(String column, String target, int position) implements Action {}

    public record SetStorage(String column, String storage, int position) implements Action {}

    public record SetCompression(String column, String compression, int position) implements Action {}

    /** {@code SET (...)} or, with {@code reset}, {@code RESET (...)} of a column's attributes. */
    public record SetColumnOptions(String column, boolean reset, List<Option> options, int position)
            implements Action {}

    public record AddConstraint(Constraint constraint, int position) implements Action {}

    public record AlterConstraint(String constraint, Constraint.Attributes attributes, int position)
            implements Action {}

    public record ValidateConstraint(String constraint, int position) implements Action {}

    public record DropConstraint(
            String constraint, boolean ifExists, DefinitionStatement.DropBehavior behavior, int position)
            implements Action {}

    /** {@code SET (...)} or, with {@code reset}, {@code RESET (...)}. */
    public record SetOptions(boolean reset, List<Option> options, int position) implements Action {}

    public record SetLogged(boolean logged, int position) implements Action {}

    public record SetTablespace(String tablespace, int position) implements Action {}

    public record ChangeOwner(RoleName owner, int position) implements Action {}

    public record AttachPartition(QualifiedName partition, TableDefinition.@Nullable PartitionBound bound, int position)
            implements Action {}

    public record DetachPartition(QualifiedName partition, boolean concurrently, boolean finish, int position)
            implements Action {}

    /** An action that Boreal does not have, such as {@code ENABLE ROW LEVEL SECURITY}. */
    public record UnsupportedAction(String feature, int position) implements Action {}
}
