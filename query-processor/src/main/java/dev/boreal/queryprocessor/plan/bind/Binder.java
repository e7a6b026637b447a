package dev.boreal.queryprocessor.plan.bind;

import dev.boreal.queryprocessor.catalog.CatalogNames;
import dev.boreal.queryprocessor.catalog.CatalogSnapshot;
import dev.boreal.queryprocessor.plan.PlanningContext;

/** The binders of one statement, each of which knows the others through this. One thread. */
final class Binder {
    final Analysis analysis;
    final CatalogNames names;
    final Coercion coercion;
    final ColumnBinder columns;
    final OperatorBinder operators;
    final CallBinder calls;
    final PredicateBinder predicates;
    final ExpressionBinder expressions;
    final FromBinder from;
    final SelectBinder selects;
    final QueryBinder queries;
    final ModificationBinder modifications;

    Binder(CatalogSnapshot catalog, PlanningContext context) {
        analysis = new Analysis(catalog, context);
        names = new CatalogNames(catalog, context.searchPath());
        coercion = new Coercion(analysis);
        columns = new ColumnBinder();
        operators = new OperatorBinder(this);
        calls = new CallBinder(this);
        predicates = new PredicateBinder(this);
        expressions = new ExpressionBinder(this);
        from = new FromBinder(this);
        selects = new SelectBinder(this);
        queries = new QueryBinder(this);
        modifications = new ModificationBinder(this);
    }
}
