package dev.boreal.queryprocessor.type;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Reads the files of answers that PostgreSQL 15 gave: one case a line, columns parted by tabs. */
final class AnswerTable {
    private AnswerTable() {}

    static List<String[]> read(String file) {
        try (InputStream in = Objects.requireNonNull(AnswerTable.class.getResourceAsStream(file), file)) {
            List<String[]> rows = new ArrayList<>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                rows.add(line.split("\t", -1));
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Modifier arguments parted by commas. */
    static List<Integer> numbers(String text) {
        List<Integer> numbers = new ArrayList<>();
        for (String number : text.split(",")) {
            numbers.add(Integer.valueOf(number));
        }
        return numbers;
    }
}
