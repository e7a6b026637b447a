package dev.boreal.queryprocessor.session;

import dev.boreal.queryprocessor.plan.Plan;
import dev.boreal.queryprocessor.syntax.ParsedStatement;
import dev.boreal.queryprocessor.syntax.SqlParser;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What was parsed and planned before, shared by all sessions. A plan belongs to a statement's text, the parameter types
 * that were declared, the search path and the catalog's version: whatever changes one of them makes another key, and old
 * plans go when the cache is full. Thread-safe.
 */
final class PlanCache {
    private static final int LONGEST_TEXT = 16 << 10;

    private final int limit;
    private final Map<String, List<ParsedStatement>> parsed = new ConcurrentHashMap<>();
    private final Map<Key, Plan> plans = new ConcurrentHashMap<>();
    private final AtomicInteger plansAdded = new AtomicInteger();

    /** Under which a plan is found. */
    record Key(String text, List<Integer> parameterTypes, List<String> searchPath, long catalogVersion) {}

    PlanCache(int limit) {
        this.limit = limit;
    }

    List<ParsedStatement> parse(String sql) {
        List<ParsedStatement> known = parsed.get(sql);
        if (known != null) {
            return known;
        }
        List<ParsedStatement> statements = SqlParser.parse(sql);
        if (sql.length() <= LONGEST_TEXT) {
            if (parsed.size() >= limit) {
                parsed.clear();
            }
            parsed.put(sql, statements);
        }
        return statements;
    }

    @Nullable Plan find(Key key) {
        return plans.get(key);
    }

    void add(Key key, Plan plan) {
        if (key.text().length() <= LONGEST_TEXT) {
            if (plansAdded.incrementAndGet() > limit) {
                plansAdded.set(0);
                plans.clear();
            }
            plans.put(key, plan);
        }
    }
}
