package dev.boreal.queryprocessor.catalog.definition;

import static dev.boreal.queryprocessor.catalog.definition.Definition.error;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.catalog.Column;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.syntax.tree.AlterTable;
import dev.boreal.queryprocessor.syntax.tree.ObjectDefinition;
import dev.boreal.queryprocessor.syntax.tree.ObjectKind;
import dev.boreal.queryprocessor.syntax.tree.QualifiedName;
import dev.boreal.queryprocessor.syntax.tree.RoleName;
import dev.boreal.queryprocessor.syntax.tree.Statement;
import dev.boreal.queryprocessor.syntax.tree.TableDefinition;
import java.util.List;

/**
 * Executes definitions. What one changes is seen by the next statement of the transaction at once. Notices go to the
 * evaluation context.
 *
 * <p>CREATE TABLE AS is in two steps, since its rows are the executor's: {@link #createTable} and an insertion.
 */
public final class Definitions {
    private Definitions() {}

    /**
     * Executes a {@link dev.boreal.queryprocessor.syntax.tree.DefinitionStatement}.
     *
     * @return the command tag
     * @throws SqlException as PostgreSQL; buffered changes of the failed statement are the caller's to roll back
     */
    public static String execute(Statement statement, DefinitionContext context) {
        return execute(statement, new Definition(context, context.evaluation().searchPath()));
    }

    /**
     * Makes an empty table without keys and defaults, for CREATE TABLE AS.
     *
     * @param columns numbered from 1
     */
    public static Table createTable(DefinitionContext context, QualifiedName name, List<Column> columns) {
        return TableCreation.createPlain(
                new Definition(context, context.evaluation().searchPath()), name, columns);
    }

    static String execute(Statement statement, Definition definition) {
        return switch (statement) {
            case TableDefinition.CreateTable create -> new TableCreation(definition).execute(create);
            case TableDefinition.CreateIndex create -> new IndexBuilder(definition).execute(create);
            case TableDefinition.CreateView create -> new ViewDefinition(definition).create(create);
            case TableDefinition.CreateSequence create -> new SequenceDefinition(definition).create(create);
            case TableDefinition.AlterSequence alter -> new SequenceDefinition(definition).alter(alter);
            case TableDefinition.Truncate truncate -> new Truncation(definition).execute(truncate);
            case AlterTable alter -> new TableAlteration(definition).execute(alter);
            case ObjectDefinition object -> executeObject(object, definition);
            default -> throw SqlException.notSupported(statement.commandTag());
        };
    }

    private static String executeObject(ObjectDefinition statement, Definition definition) {
        return switch (statement) {
            case ObjectDefinition.CreateSchema create -> new SchemaDefinition(definition).create(create);
            case ObjectDefinition.Drop drop -> new DropStatement(definition).execute(drop);
            case ObjectDefinition.Rename rename -> new Renaming(definition).execute(rename);
            case ObjectDefinition.SetSchema set -> new Renaming(definition).setSchema(set);
            case ObjectDefinition.SetOwner set -> setOwner(set, definition);
            case ObjectDefinition.Comment comment -> new Commenting(definition).execute(comment);
            case ObjectDefinition.Grant grant -> new Granting(definition).execute(grant);
            case ObjectDefinition.GrantRole grant -> new RoleDefinition(definition).grant(grant);
            case ObjectDefinition.CreateRole create -> new RoleDefinition(definition).create(create);
            case ObjectDefinition.AlterRole alter -> new RoleDefinition(definition).alter(alter);
            case ObjectDefinition.DropRole drop -> new RoleDefinition(definition).drop(drop);
            case ObjectDefinition.CreateExtension create ->
                throw error(SqlState.FEATURE_NOT_SUPPORTED, "extension \"" + create.name() + "\" is not available");
            case ObjectDefinition.CreateEnum create -> throw SqlException.notSupported("CREATE TYPE ... AS ENUM");
            case ObjectDefinition.AlterEnumAddValue alter -> throw SqlException.notSupported("ALTER TYPE");
            case ObjectDefinition.AlterEnumRenameValue alter -> throw SqlException.notSupported("ALTER TYPE");
            case ObjectDefinition.CreateDomain create -> throw SqlException.notSupported("CREATE DOMAIN");
            case ObjectDefinition.CreateDatabase create -> throw SqlException.notSupported("CREATE DATABASE");
            case ObjectDefinition.AlterRoleSetting alter -> throw SqlException.notSupported("ALTER ROLE ... SET");
        };
    }

    private static String setOwner(ObjectDefinition.SetOwner set, Definition definition) {
        RoleName owner = set.owner();
        if (set.kind() != ObjectKind.SCHEMA) {
            throw SqlException.notSupported("ALTER " + set.kind().sql() + " ... OWNER TO");
        }
        new SchemaDefinition(definition).changeOwner(set.object().name().name(), owner);
        return set.commandTag();
    }
}
