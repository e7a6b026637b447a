package dev.boreal.queryprocessor.execute;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * EXPLAIN: a plan in PostgreSQL's text form or as JSON. With a profile, what was measured stands beside each node: time
 * and rows per loop as PostgreSQL has them, and on a line {@code Storage} requests, rows and bytes in total.
 */
public final class PlanPrinter {
    private final @Nullable Profile profile;
    private final boolean timing;

    /**
     * @param profile of the execution, if there was one
     * @param timing whether to show times of nodes
     */
    public PlanPrinter(@Nullable Profile profile, boolean timing) {
        this.profile = profile;
        this.timing = timing;
    }

    /** Nanoseconds for the lines {@code Planning Time} and {@code Execution Time}. */
    public record Times(long planningNanos, long executionNanos) {}

    /** The lines of the text form. */
    public List<String> text(Operator root, @Nullable Times times) {
        List<String> lines = new ArrayList<>();
        text(PlanDescription.of(root, profile), 0, lines);
        if (times != null) {
            lines.add("Planning Time: " + milliseconds(times.planningNanos) + " ms");
            lines.add("Execution Time: " + milliseconds(times.executionNanos) + " ms");
        }
        return lines;
    }

    /** The one value of FORMAT JSON. */
    public String json(Operator root, @Nullable Times times) {
        JsonText out = new JsonText();
        out.beginArray();
        out.beginObject();
        out.name("Plan");
        json(PlanDescription.of(root, profile), out);
        if (times != null) {
            out.name("Planning Time").number(milliseconds(times.planningNanos));
            out.name("Execution Time").number(milliseconds(times.executionNanos));
        }
        out.endObject();
        out.endArray();
        return out.toString();
    }

    private void text(PlanDescription node, int indent, List<String> lines) {
        String arrow = indent == 0 ? "" : " ".repeat(2 * indent) + "->  ";
        int below = indent == 0 ? 1 : indent + 3;
        lines.add(arrow + node.name() + measured(node.measured()));
        String margin = " ".repeat(2 * below);
        for (PlanDescription.Property property : node.properties()) {
            lines.add(margin + property.name() + ": " + property.value());
        }
        Profile.Node measured = node.measured();
        Profile.Sorting sorting = measured == null ? null : measured.sorting();
        if (sorting != null) {
            lines.add(margin + "Sort Method: " + sorting.method() + "  " + sorting.place() + ": " + sorting.kilobytes()
                    + "kB");
        }
        if (measured != null && measured.requests() > 0) {
            lines.add(margin + "Storage: requests=" + measured.requests() + " rows=" + measured.rowsRead() + " bytes="
                    + measured.bytesRead());
        }
        for (PlanDescription subplan : node.subplans()) {
            lines.add(margin + subplan.title());
            text(subplan, below + 1, lines);
        }
        for (PlanDescription input : node.inputs()) {
            text(input, below, lines);
        }
    }

    private String measured(Profile.@Nullable Node node) {
        if (profile == null) {
            return "";
        }
        if (node == null) {
            return " (never executed)";
        }
        String times = timing
                ? "time=" + milliseconds(node.firstRowNanos() / node.loops()) + ".."
                        + milliseconds(node.nanos() / node.loops()) + " "
                : "";
        return " (actual " + times + "rows=" + rowsPerLoop(node) + " loops=" + node.loops() + ")";
    }

    private void json(PlanDescription node, JsonText out) {
        out.beginObject();
        nodeName(node.name(), out);
        if (!node.title().isEmpty()) {
            out.name("Subplan Name").string(node.title());
        }
        for (PlanDescription.Property property : node.properties()) {
            out.name(property.name()).string(property.value());
        }
        if (profile != null) {
            measured(node.measured(), out);
        }
        if (!node.inputs().isEmpty() || !node.subplans().isEmpty()) {
            out.name("Plans").beginArray();
            for (PlanDescription subplan : node.subplans()) {
                json(subplan, out);
            }
            for (PlanDescription input : node.inputs()) {
                json(input, out);
            }
            out.endArray();
        }
        out.endObject();
    }

    /** {@code Index Scan using t_pkey on t} as node type, index and relation. */
    private static void nodeName(String name, JsonText out) {
        int on = name.lastIndexOf(" on ");
        int using = name.indexOf(" using ");
        int typeEnd = using >= 0 ? using : on >= 0 ? on : name.length();
        out.name("Node Type").string(name.substring(0, typeEnd));
        if (using >= 0) {
            out.name("Index Name").string(name.substring(using + 7, on > using ? on : name.length()));
        }
        if (on >= 0) {
            out.name(name.startsWith("CTE Scan") ? "CTE Name" : "Relation Name").string(name.substring(on + 4));
        }
    }

    private void measured(Profile.@Nullable Node node, JsonText out) {
        if (timing) {
            out.name("Actual Startup Time")
                    .number(node == null ? "0.000" : milliseconds(node.firstRowNanos() / node.loops()));
            out.name("Actual Total Time").number(node == null ? "0.000" : milliseconds(node.nanos() / node.loops()));
        }
        out.name("Actual Rows").number(node == null ? "0" : Long.toString(rowsPerLoop(node)));
        out.name("Actual Loops").number(node == null ? "0" : Long.toString(node.loops()));
        Profile.Sorting sorting = node == null ? null : node.sorting();
        if (sorting != null) {
            out.name("Sort Method").string(sorting.method());
            out.name("Sort Space Used").number(Long.toString(sorting.kilobytes()));
            out.name("Sort Space Type").string(sorting.place());
        }
        if (node != null && node.requests() > 0) {
            out.name("Storage Requests").number(Long.toString(node.requests()));
            out.name("Storage Rows").number(Long.toString(node.rowsRead()));
            out.name("Storage Bytes").number(Long.toString(node.bytesRead()));
        }
    }

    private static long rowsPerLoop(Profile.Node node) {
        return Math.round((double) node.rows() / node.loops());
    }

    private static String milliseconds(long nanos) {
        return String.format(Locale.ROOT, "%.3f", nanos / 1e6);
    }
}
