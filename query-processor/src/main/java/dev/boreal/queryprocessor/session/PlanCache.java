package dev.boreal.queryprocessor.session;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.queryprocessor.plan.Plan;
import dev.boreal.queryprocessor.syntax.NormalizedStatement;
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
    static final int LONGEST_TEXT = 16 << 10;

    private final int limit;
    private final Map<String, List<ParsedStatement>> parsed = new ConcurrentHashMap<>();
    private final Map<String, StatementTemplate> templates = new ConcurrentHashMap<>();
    private final Map<Key, Plan> plans = new ConcurrentHashMap<>();
    private final AtomicInteger plansAdded = new AtomicInteger();

    /** Under which a plan is found. */
    record Key(String text, List<Integer> parameterTypes, List<String> searchPath, long catalogVersion) {}

    PlanCache(int limit) {
        this.limit = limit;
    }

    /**
     * The statements of a string.
     *
     * @throws SqlException PostgreSQL's syntax errors, with positions
     */
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

    /** What a statement has in common with those of other literals; null if it cannot be parsed as normalised. */
    @Nullable StatementTemplate template(NormalizedStatement normalized) {
        StatementTemplate known = templates.get(normalized.text());
        if (known != null) {
            return known;
        }
        List<ParsedStatement> statements;
        try {
            statements = SqlParser.parse(normalized.text());
        } catch (SqlException e) {
            return null;
        }
        if (statements.size() != 1 || statements.getFirst().parameterCount() != normalized.literalCount()) {
            return null;
        }
        StatementTemplate made = new StatementTemplate(statements.getFirst(), normalized);
        if (templates.size() >= limit) {
            templates.clear();
        }
        templates.put(normalized.text(), made);
        return made;
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
