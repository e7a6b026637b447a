package dev.boreal.queryprocessor.syntax;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The statements under {@code syntax/*.golden} with what PostgreSQL's grammar says of them. A statement is a line, newlines in it are written ⏎; the
 * line after it begins with two blanks and is {@code ok} or {@code @position message}; a third such line, if any, is the shape of the tree.
 */
final class GoldenStatements {
    static final List<String> FILES =
            List.of("expressions", "queries", "modifications", "definitions", "utilities", "lexical", "psql", "jdbc");

    private GoldenStatements() {}

    record Golden(String sql, String outcome, @Nullable String shape) {
        boolean accepted() {
            return outcome.equals("ok");
        }
    }

    static List<Golden> read(String name) {
        List<Golden> statements = new ArrayList<>();
        String[] lines = text(name).split("\n");
        int i = 0;
        while (i < lines.length) {
            String sql = lines[i].replace('⏎', '\n');
            String outcome = lines[i + 1].strip();
            boolean shaped = i + 2 < lines.length && lines[i + 2].startsWith("  ");
            statements.add(new Golden(sql, outcome, shaped ? lines[i + 2].strip() : null));
            i += shaped ? 3 : 2;
        }
        return statements;
    }

    static List<Golden> all() {
        List<Golden> statements = new ArrayList<>();
        FILES.forEach(name -> statements.addAll(read(name)));
        return statements;
    }

    private static String text(String name) {
        try (InputStream in =
                Objects.requireNonNull(GoldenStatements.class.getResourceAsStream("/syntax/" + name + ".golden"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
