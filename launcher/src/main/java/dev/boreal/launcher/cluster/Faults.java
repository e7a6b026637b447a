package dev.boreal.launcher.cluster;

import dev.boreal.launcher.configuration.InvalidConfigurationException;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;

/** Everything that is wrong with one file, each with its line. One thread. */
final class Faults {
    private final String file;
    private final List<Fault> found = new ArrayList<>();

    private record Fault(int line, String message) {}

    Faults(String file) {
        this.file = file;
    }

    void add(Node where, String message) {
        add(where.getStartMark(), message);
    }

    void add(Mark where, String message) {
        found.add(new Fault(where.getLine() + 1, message));
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** Throws what was found, by line. */
    InvalidConfigurationException exception() {
        return new InvalidConfigurationException(found.stream()
                .sorted((a, b) -> Integer.compare(a.line(), b.line()))
                .map(fault -> file + ":" + fault.line() + ": " + fault.message())
                .distinct()
                .toList());
    }
}
