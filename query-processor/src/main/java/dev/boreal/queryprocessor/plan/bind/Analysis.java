package dev.boreal.queryprocessor.plan.bind;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.catalog.CatalogSnapshot;
import dev.boreal.queryprocessor.plan.PlanningContext;
import dev.boreal.queryprocessor.plan.relation.BoundExpression;
import dev.boreal.queryprocessor.plan.relation.Variable;
import dev.boreal.queryprocessor.syntax.tree.Expression;
import dev.boreal.queryprocessor.type.SqlType;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is found out about one statement while it is bound. One thread. */
final class Analysis {
    private final CatalogSnapshot catalog;
    private final PlanningContext context;
    private final List<@Nullable SqlType> parameterTypes = new ArrayList<>();
    private final Map<Integer, Boolean> tables = new TreeMap<>();
    private final Map<Variable, BoundExpression> undecided = new LinkedHashMap<>();
    private final IdentityHashMap<Expression.Star, List<Expression.ColumnReference>> stars = new IdentityHashMap<>(2);
    private boolean volatileCalls;
    private boolean stableCalls;
    private boolean writes;
    private boolean locks;
    private int nextCase;

    Analysis(CatalogSnapshot catalog, PlanningContext context) {
        this.catalog = catalog;
        this.context = context;
        for (int oid : context.parameterTypes()) {
            SqlType type = oid == 0 ? null : TypeRegistry.find(oid);
            parameterTypes.add(type == null || type.oid() == TypeRegistry.UNKNOWN.oid() ? null : type);
        }
    }

    CatalogSnapshot catalog() {
        return catalog;
    }

    PlanningContext context() {
        return context;
    }

    // Parameters -------------------------------------------------------------------------------------------------

    SqlType parameterType(int number) {
        growTo(number);
        SqlType type = parameterTypes.get(number - 1);
        return type == null ? TypeRegistry.UNKNOWN : type;
    }

    /** Decides the type of a parameter at its first use that tells; later uses must agree. */
    void decideParameter(int number, SqlType type, int position) {
        growTo(number);
        SqlType known = parameterTypes.get(number - 1);
        if (known == null) {
            parameterTypes.set(number - 1, type);
        } else if (known.oid() != type.oid()) {
            throw BindErrors.detailed(
                    position,
                    BindErrors.AMBIGUOUS_PARAMETER,
                    "inconsistent types deduced for parameter $" + number,
                    known.formatName(-1) + " versus " + type.formatName(-1));
        }
    }

    private void growTo(int number) {
        while (parameterTypes.size() < number) {
            parameterTypes.add(null);
        }
    }

    /** The types of $1, $2, …; 42P18 if one was never decided. */
    List<SqlType> decidedParameters() {
        List<SqlType> types = new ArrayList<>(parameterTypes.size());
        for (int i = 0; i < parameterTypes.size(); i++) {
            SqlType type = parameterTypes.get(i);
            if (type == null) {
                throw new SqlException(
                        SqlState.INDETERMINATE_DATATYPE, "could not determine data type of parameter $" + (i + 1));
            }
            types.add(type);
        }
        return types;
    }

    // Columns whose type is still open ---------------------------------------------------------------------------

    /** Remembers the literal or parameter behind a result column of unknown type. */
    void rememberUndecided(Variable variable, BoundExpression expression) {
        undecided.put(variable, expression);
    }

    @Nullable BoundExpression undecided(Variable variable) {
        return undecided.get(variable);
    }

    // Stars ------------------------------------------------------------------------------------------------------

    void rememberStar(Expression.Star star, List<Expression.ColumnReference> columns) {
        stars.put(star, columns);
    }

    /** The columns that each star of a select list stands for; stars by identity. */
    IdentityHashMap<Expression.Star, List<Expression.ColumnReference>> stars() {
        return stars;
    }

    // Uses -------------------------------------------------------------------------------------------------------

    void useTable(int oid, boolean written) {
        tables.merge(oid, written, Boolean::logicalOr);
    }

    /** Oids of the tables used, with whether the statement writes them. */
    Map<Integer, Boolean> tables() {
        return tables;
    }

    void noteVolatile() {
        volatileCalls = true;
    }

    void noteStable() {
        stableCalls = true;
    }

    void noteWrite() {
        writes = true;
    }

    void noteLock() {
        locks = true;
    }

    boolean volatileCalls() {
        return volatileCalls;
    }

    boolean stableCalls() {
        return stableCalls;
    }

    boolean writes() {
        return writes;
    }

    boolean locks() {
        return locks;
    }

    int newCase() {
        return nextCase++;
    }
}
