package dev.boreal.simulation.workload;

import dev.boreal.clock.Chance;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Several workloads, each on items of its own. */
record Mixed(List<Workload> parts) implements Workload {
    @Override
    public @Nullable Plan next(Chance chance) {
        return parts.get(chance.below(parts.size())).next(chance);
    }

    @Override
    public List<Item> items() {
        List<Item> items = new ArrayList<>();
        parts.forEach(part -> items.addAll(part.items()));
        return items;
    }
}
