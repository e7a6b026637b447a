package dev.boreal.launcher.differential;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Statements of one topic, run one after another in one session. A statement ends with the line that ends in a
 * semicolon; a line that begins with two dashes, where a statement would begin, is for people.
 */
record StatementFile(String name, List<String> statements) {
    static final Path DIRECTORY = Path.of("src/test/resources/differential");

    static List<StatementFile> all() throws IOException {
        List<StatementFile> files = new ArrayList<>();
        try (Stream<Path> paths = Files.list(DIRECTORY)) {
            for (Path path : paths.filter(found -> found.toString().endsWith(".sql"))
                    .sorted()
                    .toList()) {
                files.add(read(path));
            }
        }
        return files;
    }

    private static StatementFile read(Path path) throws IOException {
        List<String> statements = new ArrayList<>();
        StringBuilder statement = new StringBuilder();
        for (String line : Files.readAllLines(path)) {
            if (statement.isEmpty() && (line.isBlank() || line.startsWith("--"))) {
                continue;
            }
            statement.append(statement.isEmpty() ? "" : "\n").append(line);
            if (line.endsWith(";")) {
                statements.add(statement.substring(0, statement.length() - 1));
                statement.setLength(0);
            }
        }
        if (!statement.isEmpty()) {
            throw new IOException(path + " ends inside a statement: " + statement);
        }
        return new StatementFile(String.valueOf(path.getFileName()), statements);
    }

    @Override
    public String toString() {
        return name;
    }
}
