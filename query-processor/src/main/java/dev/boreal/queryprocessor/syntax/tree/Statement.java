package dev.boreal.queryprocessor.syntax.tree;

/** One SQL statement. */
public sealed interface Statement extends Node
        permits PreparableStatement,
                DefinitionStatement,
                TransactionStatement,
                SessionStatement,
                UtilityStatement,
                Unsupported {

    /**
     * What CommandComplete says, without the row counts that PostgreSQL appends to SELECT, INSERT, UPDATE, DELETE, MERGE, FETCH, MOVE and COPY
     * (INSERT's count is preceded by {@code 0}).
     */
    String commandTag();
}
