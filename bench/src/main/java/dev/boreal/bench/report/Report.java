package dev.boreal.bench.report;

import java.util.ArrayList;
import java.util.List;

/**
 * The comparisons of a run in three renderings.
 *
 * @param circumstances what was compared on what: lines of {@code name: value}
 */
public record Report(String subject, String reference, List<String> circumstances, List<Comparison> comparisons) {

    /** Aligned columns for a terminal. */
    public String table() {
        List<List<String>> rows = rows();
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                String padding = " ".repeat(widths[i] - row.get(i).length());
                line.append(i < 2 ? row.get(i) + padding : padding + row.get(i)).append("  ");
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.append(failures("")).toString();
    }

    /** The same for a Markdown file, with the circumstances. */
    public String markdown() {
        StringBuilder text = new StringBuilder();
        for (String line : circumstances) {
            text.append("- ").append(line).append('\n');
        }
        text.append('\n');
        List<List<String>> rows = rows();
        for (int r = 0; r < rows.size(); r++) {
            text.append("| ").append(String.join(" | ", rows.get(r))).append(" |\n");
            if (r == 0) {
                text.append("|---|---")
                        .append("|---:".repeat(rows.getFirst().size() - 2))
                        .append("|\n");
            }
        }
        return text.append(failures("- ")).toString();
    }

    public String json() {
        List<String> lines = new ArrayList<>();
        for (Comparison each : comparisons) {
            Double ratio = each.ratio();
            lines.add("    {\"workload\": " + quoted(each.workload()) + ", \"protocol\": " + quoted(each.protocol())
                    + ", \"clients\": " + each.clients() + ", \"unit\": " + quoted(each.unit()) + ", \"ratio\": "
                    + ratio + ", \"mark\": " + (each.mark() == 0 ? "null" : each.mark()) + ",\n     \"subject\": "
                    + json(each.subject()) + ",\n     \"reference\": " + json(each.reference()) + "}");
        }
        List<String> quoted = circumstances.stream().map(Report::quoted).toList();
        return "{\n  \"subject\": " + quoted(subject) + ",\n  \"reference\": " + quoted(reference)
                + ",\n  \"circumstances\": [" + String.join(", ", quoted) + "],\n  \"comparisons\": [\n"
                + String.join(",\n", lines) + "\n  ]\n}\n";
    }

    private static String json(Measurement measurement) {
        String percentiles = measurement.hasLatencies()
                ? ", \"p50Millis\": " + measurement.percentileMillis(50) + ", \"p99Millis\": "
                        + measurement.percentileMillis(99)
                : "";
        String failure = measurement.failure();
        return "{\"perSecond\": " + measurement.perSecond() + percentiles + ", \"failed\": " + measurement.failed()
                + ", \"retries\": " + measurement.retries() + ", \"failure\": "
                + (failure == null ? "null" : quoted(failure)) + "}";
    }

    static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }

    private List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(Comparison.headings(subject, reference));
        for (Comparison each : comparisons) {
            rows.add(each.cells());
        }
        return rows;
    }

    private String failures(String bullet) {
        StringBuilder text = new StringBuilder();
        for (Comparison each : comparisons) {
            String name = bullet + each.workload() + " " + each.protocol() + ", " + each.clients() + " clients, on ";
            if (each.subject().failure() != null) {
                text.append(name)
                        .append(subject)
                        .append(": ")
                        .append(each.subject().failure())
                        .append('\n');
            }
            if (each.reference().failure() != null) {
                text.append(name)
                        .append(reference)
                        .append(": ")
                        .append(each.reference().failure())
                        .append('\n');
            }
        }
        return text.isEmpty() ? "" : "\n" + text;
    }
}
