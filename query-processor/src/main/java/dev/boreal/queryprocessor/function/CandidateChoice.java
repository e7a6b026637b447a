package dev.boreal.queryprocessor.function;

import dev.boreal.queryprocessor.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Chooses among overloads by PostgreSQL's rules (chapters 10.2 and 10.3): most exact matches, then most preferred types, then the
 * category of unknown literals, then the guess that unknown literals are of the known arguments' type.
 */
final class CandidateChoice {
    private CandidateChoice() {}

    /**
     * An overload as this call sees it.
     *
     * @param types one per argument of the call, polymorphic ones included
     */
    record Candidate<T>(T entry, List<SqlType> types) {}

    /** The candidates that implicit casts can reach. */
    static <T> List<Candidate<T>> applicable(List<Candidate<T>> candidates, List<SqlType> arguments) {
        List<Candidate<T>> reachable = new ArrayList<>();
        for (Candidate<T> candidate : candidates) {
            if (accepts(candidate.types(), arguments)) {
                reachable.add(candidate);
            }
        }
        return reachable;
    }

    private static boolean accepts(List<SqlType> declared, List<SqlType> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            if (!Casts.canCoerce(arguments.get(i), declared.get(i), Casts.Context.IMPLICIT)) {
                return false;
            }
        }
        return Polymorphism.consistent(declared, arguments);
    }

    /** The candidate whose types are exactly the arguments', or null. */
    static <T> @Nullable Candidate<T> exact(List<Candidate<T>> candidates, List<SqlType> arguments) {
        for (Candidate<T> candidate : candidates) {
            boolean equal = true;
            for (int i = 0; equal && i < arguments.size(); i++) {
                equal = TypeFamily.same(candidate.types().get(i), arguments.get(i));
            }
            if (equal) {
                return candidate;
            }
        }
        return null;
    }

    /** The best of several applicable candidates, or null if none is. */
    static <T> @Nullable Candidate<T> best(List<Candidate<T>> applicable, List<SqlType> arguments) {
        List<Candidate<T>> left = most(applicable, candidate -> exactMatches(candidate.types(), arguments));
        if (left.size() > 1) {
            left = most(left, candidate -> preferredMatches(candidate.types(), arguments));
        }
        if (left.size() == 1) {
            return left.getFirst();
        }
        int unknowns = 0;
        for (SqlType argument : arguments) {
            unknowns += TypeFamily.isUnknown(argument) ? 1 : 0;
        }
        if (unknowns == 0) {
            return null;
        }
        left = byCategory(left, arguments);
        if (left.size() == 1) {
            return left.getFirst();
        }
        return unknowns < arguments.size() ? byKnownType(left, arguments) : null;
    }

    private static <T> List<Candidate<T>> most(List<Candidate<T>> candidates, ToIntFunction<Candidate<T>> score) {
        List<Candidate<T>> best = new ArrayList<>();
        int highest = -1;
        for (Candidate<T> candidate : candidates) {
            int value = score.applyAsInt(candidate);
            if (value > highest) {
                highest = value;
                best.clear();
            }
            if (value == highest) {
                best.add(candidate);
            }
        }
        return best;
    }

    private static int exactMatches(List<SqlType> types, List<SqlType> arguments) {
        int matches = 0;
        for (int i = 0; i < arguments.size(); i++) {
            if (!TypeFamily.isUnknown(arguments.get(i)) && TypeFamily.same(types.get(i), arguments.get(i))) {
                matches++;
            }
        }
        return matches;
    }

    private static int preferredMatches(List<SqlType> types, List<SqlType> arguments) {
        int matches = 0;
        for (int i = 0; i < arguments.size(); i++) {
            SqlType argument = arguments.get(i);
            SqlType type = types.get(i);
            if (!TypeFamily.isUnknown(argument)
                    && (TypeFamily.same(type, argument)
                            || (type.category() == argument.category() && type.preferred()))) {
                matches++;
            }
        }
        return matches;
    }

    private static <T> List<Candidate<T>> byCategory(List<Candidate<T>> candidates, List<SqlType> arguments) {
        char[] categories = new char[arguments.size()];
        boolean[] preferred = new boolean[arguments.size()];
        for (int i = 0; i < categories.length; i++) {
            if (TypeFamily.isUnknown(arguments.get(i)) && !chooseCategory(candidates, i, categories, preferred)) {
                return candidates;
            }
        }
        List<Candidate<T>> left = new ArrayList<>();
        for (Candidate<T> candidate : candidates) {
            if (fits(candidate.types(), arguments, categories, preferred)) {
                left.add(candidate);
            }
        }
        return left.isEmpty() ? candidates : left;
    }

    private static <T> boolean chooseCategory(
            List<Candidate<T>> candidates, int slot, char[] categories, boolean[] preferred) {
        boolean conflict = false;
        char category = 0;
        boolean anyPreferred = false;
        for (Candidate<T> candidate : candidates) {
            SqlType type = candidate.types().get(slot);
            if (category == 0) {
                category = type.category();
                anyPreferred = type.preferred();
            } else if (type.category() == category) {
                anyPreferred |= type.preferred();
            } else if (type.category() == TypeFamily.STRING_CATEGORY) {
                category = TypeFamily.STRING_CATEGORY;
                anyPreferred = type.preferred();
            } else {
                conflict = true;
            }
        }
        categories[slot] = category;
        preferred[slot] = anyPreferred;
        return !conflict || category == TypeFamily.STRING_CATEGORY;
    }

    private static boolean fits(List<SqlType> types, List<SqlType> arguments, char[] categories, boolean[] preferred) {
        for (int i = 0; i < categories.length; i++) {
            if (!TypeFamily.isUnknown(arguments.get(i))) {
                continue;
            }
            SqlType type = types.get(i);
            if (type.category() != categories[i] || (preferred[i] && !type.preferred())) {
                return false;
            }
        }
        return true;
    }

    private static <T> @Nullable Candidate<T> byKnownType(List<Candidate<T>> candidates, List<SqlType> arguments) {
        SqlType known = null;
        for (SqlType argument : arguments) {
            if (TypeFamily.isUnknown(argument)) {
                continue;
            }
            if (known != null && !TypeFamily.same(known, argument)) {
                return null;
            }
            known = argument;
        }
        if (known == null) {
            return null;
        }
        List<SqlType> assumed = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            assumed.add(known);
        }
        List<Candidate<T>> reachable = applicable(candidates, assumed);
        return reachable.size() == 1 ? reachable.getFirst() : null;
    }
}
