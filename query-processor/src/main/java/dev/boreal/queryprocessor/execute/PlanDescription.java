package dev.boreal.queryprocessor.execute;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One node of a plan as EXPLAIN shows it, with those below it. */
final class PlanDescription implements Explanation {
    private final List<Property> properties = new ArrayList<>();
    private final List<PlanDescription> inputs = new ArrayList<>();
    private final List<PlanDescription> subplans = new ArrayList<>();
    private final @Nullable Profile profile;
    private final Set<Operator> described;
    private String title = "";
    private String name = "";
    private final Profile.@Nullable Node measured;

    record Property(String name, String value) {}

    private PlanDescription(Operator operator, @Nullable Profile profile, Set<Operator> described) {
        this.profile = profile;
        this.described = described;
        measured = profile == null ? null : profile.node(operator);
    }

    /** What several nodes read, such as a WITH query, is described under the first of them. */
    static PlanDescription of(Operator root, @Nullable Profile profile) {
        return describe(root, profile, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static PlanDescription describe(Operator operator, @Nullable Profile profile, Set<Operator> described) {
        PlanDescription description = new PlanDescription(operator, profile, described);
        operator.explain(description);
        for (Operator input : operator.inputs()) {
            if (described.add(input)) {
                description.inputs.add(describe(input, profile, described));
            }
        }
        return description;
    }

    @Override
    public void node(String newName) {
        name = newName;
    }

    @Override
    public void property(String propertyName, String value) {
        properties.add(new Property(propertyName, value));
    }

    @Override
    public void subplan(String planTitle, Operator plan) {
        if (described.add(plan)) {
            PlanDescription subplan = describe(plan, profile, described);
            subplan.title = planTitle;
            subplans.add(subplan);
        }
    }

    /** What a subplan is called; empty for an input. */
    String title() {
        return title;
    }

    List<PlanDescription> subplans() {
        return subplans;
    }

    String name() {
        return name;
    }

    List<Property> properties() {
        return properties;
    }

    List<PlanDescription> inputs() {
        return inputs;
    }

    Profile.@Nullable Node measured() {
        return measured;
    }
}
