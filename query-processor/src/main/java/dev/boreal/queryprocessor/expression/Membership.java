package dev.boreal.queryprocessor.expression;

import dev.boreal.queryprocessor.execute.Execution;
import dev.boreal.queryprocessor.type.SqlType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** IN or NOT IN a list of constants, by hash. */
public final class Membership implements Scalar {
    private final Scalar value;
    private final SqlType type;
    private final Map<Integer, List<Object>> members = new HashMap<>();
    private final boolean hasNull;
    private final boolean negated;

    public Membership(Scalar value, SqlType type, List<@Nullable Object> list, boolean negated) {
        this.value = value;
        this.type = type;
        this.negated = negated;
        boolean nullSeen = false;
        for (Object member : list) {
            if (member == null) {
                nullSeen = true;
            } else {
                members.computeIfAbsent(type.hash(member), hash -> new ArrayList<>(1))
                        .add(member);
            }
        }
        hasNull = nullSeen;
    }

    @Override
    public @Nullable Object evaluate(@Nullable Object[] row, Execution execution) {
        Object probe = value.evaluate(row, execution);
        if (probe == null) {
            return null;
        }
        List<Object> candidates = members.get(type.hash(probe));
        if (candidates != null) {
            for (int i = 0; i < candidates.size(); i++) {
                if (type.equal(candidates.get(i), probe)) {
                    return !negated;
                }
            }
        }
        return hasNull ? null : (Object) negated;
    }
}
