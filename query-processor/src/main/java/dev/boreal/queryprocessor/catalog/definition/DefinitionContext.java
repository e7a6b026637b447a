package dev.boreal.queryprocessor.catalog.definition;

import dev.boreal.queryprocessor.catalog.CatalogStore;
import dev.boreal.queryprocessor.catalog.IdentifierSource;
import dev.boreal.queryprocessor.function.EvaluationContext;
import dev.boreal.queryprocessor.transaction.Transaction;

/** What a definition needs of the session that executes it. One thread. */
public interface DefinitionContext {

    Transaction transaction();

    /** Current user, search path, notices, cancellation. */
    EvaluationContext evaluation();

    CatalogStore store();

    IdentifierSource identifiers();

    TypeResolver types();

    ExpressionChecker expressions();

    QueryAnalyzer queries();

    TableRows rows();

    SequenceStates sequences();

    /** 16 unpredictable bytes for a password's verifier. */
    byte[] salt();
}
