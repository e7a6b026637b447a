package dev.boreal.queryprocessor.function;

import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.function.CandidateChoice.Candidate;
import dev.boreal.queryprocessor.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chooses an operator (PostgreSQL, chapter 10.2). */
final class OperatorChoice {
    private OperatorChoice() {}

    static ResolvedOperator choose(String symbol, @Nullable SqlType left, SqlType right) {
        List<SqlType> operands = left == null ? List.of(right) : List.of(left, right);
        List<Candidate<OperatorEntry>> applicable = new ArrayList<>();
        OperatorEntry entry = select(symbol, left == null, operands, applicable);
        if (entry == null) {
            throw applicable.isEmpty() ? undefined(symbol, left, right) : ambiguous(symbol, left, right);
        }
        return resolved(entry, operands);
    }

    static @Nullable ResolvedOperator find(String symbol, @Nullable SqlType left, SqlType right) {
        List<SqlType> operands = left == null ? List.of(right) : List.of(left, right);
        OperatorEntry entry = select(symbol, left == null, operands, new ArrayList<>());
        return entry == null ? null : resolved(entry, operands);
    }

    private static @Nullable OperatorEntry select(
            String symbol, boolean prefix, List<SqlType> operands, List<Candidate<OperatorEntry>> applicable) {
        List<Candidate<OperatorEntry>> candidates = new ArrayList<>();
        for (OperatorEntry entry : FunctionRegistry.operatorEntries(symbol.equals("!=") ? "<>" : symbol)) {
            SqlType declaredLeft = entry.signature().left();
            if ((declaredLeft == null) == prefix) {
                SqlType declaredRight = entry.signature().right();
                candidates.add(new Candidate<>(
                        entry, declaredLeft == null ? List.of(declaredRight) : List.of(declaredLeft, declaredRight)));
            }
        }
        Candidate<OperatorEntry> exact = CandidateChoice.exact(candidates, assumeLike(operands));
        if (exact != null) {
            return exact.entry();
        }
        applicable.addAll(CandidateChoice.applicable(candidates, operands));
        if (applicable.size() == 1) {
            return applicable.getFirst().entry();
        }
        Candidate<OperatorEntry> best = applicable.isEmpty() ? null : CandidateChoice.best(applicable, operands);
        return best == null ? null : best.entry();
    }

    /** For a first look, an unknown operand counts as of the other one's type. */
    private static List<SqlType> assumeLike(List<SqlType> operands) {
        if (operands.size() < 2) {
            return operands;
        }
        SqlType left = operands.get(0);
        SqlType right = operands.get(1);
        return List.of(TypeFamily.isUnknown(left) ? right : left, TypeFamily.isUnknown(right) ? left : right);
    }

    private static ResolvedOperator resolved(OperatorEntry entry, List<SqlType> operands) {
        OperatorSignature signature = entry.signature();
        SqlType left = signature.left();
        List<SqlType> declared = left == null ? List.of(signature.right()) : List.of(left, signature.right());
        Polymorphism polymorphism = Polymorphism.of(declared, operands);
        List<SqlType> concrete = new ArrayList<>();
        for (SqlType type : declared) {
            concrete.add(polymorphism.concrete(type));
        }
        SqlType result = polymorphism.concreteResult(signature.result());
        return new ResolvedOperator(
                signature,
                left == null ? null : concrete.getFirst(),
                concrete.getLast(),
                result,
                entry.strict(),
                entry.body().apply(new CallTypes(concrete, result, false)));
    }

    private static String describe(String symbol, @Nullable SqlType left, SqlType right) {
        return (left == null ? "" : left.formatName(-1) + " ") + symbol + " " + right.formatName(-1);
    }

    private static SqlException undefined(String symbol, @Nullable SqlType left, SqlType right) {
        return new SqlException(
                SqlError.error(SqlState.UNDEFINED_FUNCTION, "operator does not exist: " + describe(symbol, left, right))
                        .withHint(
                                left == null
                                        ? "No operator matches the given name and argument type. You might need to add an explicit type cast."
                                        : "No operator matches the given name and argument types. You might need to add explicit type casts."));
    }

    private static SqlException ambiguous(String symbol, @Nullable SqlType left, SqlType right) {
        return new SqlException(SqlError.error(
                        SqlState.AMBIGUOUS_FUNCTION, "operator is not unique: " + describe(symbol, left, right))
                .withHint("Could not choose a best candidate operator. You might need to add explicit type casts."));
    }
}
