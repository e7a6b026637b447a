package dev.boreal.queryprocessor.plan.bind;

import dev.boreal.queryprocessor.plan.relation.CommonTable;
import dev.boreal.queryprocessor.syntax.tree.WindowDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names that one query sees: its FROM, its common tables, and those of the queries around it. */
final class Scope {
    private final @Nullable Scope parent;
    private final List<RangeEntry> entries = new ArrayList<>();
    private final Map<String, CommonTableBinding> commonTables = new HashMap<>();
    private final Map<String, WindowDefinition> windows = new LinkedHashMap<>();
    private Clause clause = Clause.SELECT;
    private boolean aggregates;
    private boolean windowCalls;
    private boolean setCalls;

    /** A common table and whether, inside its own recursive definition, a reference reads the working table. */
    record CommonTableBinding(CommonTable table, boolean working) {}

    Scope(@Nullable Scope parent) {
        this.parent = parent;
    }

    @Nullable Scope parent() {
        return parent;
    }

    List<RangeEntry> entries() {
        return entries;
    }

    Map<String, WindowDefinition> windows() {
        return windows;
    }

    void addCommonTable(CommonTable table, boolean working) {
        commonTables.put(table.name(), new CommonTableBinding(table, working));
    }

    @Nullable CommonTableBinding findCommonTable(String name) {
        for (Scope scope = this; scope != null; scope = scope.parent) {
            CommonTableBinding found = scope.commonTables.get(name);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** This scope without its FROM: what a plain subquery in FROM sees. */
    Scope withoutEntries() {
        Scope outside = new Scope(parent);
        outside.commonTables.putAll(commonTables);
        return outside;
    }

    boolean hasCommonTable(String name) {
        return commonTables.containsKey(name);
    }

    Clause clause() {
        return clause;
    }

    /** Says where the next expressions stand; returns where the ones before stood. */
    Clause enter(Clause next) {
        Clause before = clause;
        clause = next;
        return before;
    }

    void noteAggregate() {
        aggregates = true;
    }

    void noteWindowCall() {
        windowCalls = true;
    }

    void noteSetCall() {
        setCalls = true;
    }

    boolean aggregates() {
        return aggregates;
    }

    boolean windowCalls() {
        return windowCalls;
    }

    boolean setCalls() {
        return setCalls;
    }
}
