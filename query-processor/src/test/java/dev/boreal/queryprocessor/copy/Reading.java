package dev.boreal.queryprocessor.copy;

import dev.boreal.clock.Chance;
import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.queryprocessor.syntax.SqlParser;
import dev.boreal.queryprocessor.syntax.tree.UtilityStatement.Copy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs readers over a table t (a, b) and says what came out as words. */
final class Reading {
    private static final List<String> COLUMNS = List.of("a", "b");

    private final CopyReader reader;
    private final int columns;
    private final List<String> outcome = new ArrayList<>(List.of("rows"));
    private boolean failed;

    private Reading(CopyOptions options, List<String> columns) {
        boolean[] notNull = options.forceNotNull().among(columns, columns::contains, "t");
        boolean[] isNull = options.forceNull().among(columns, columns::contains, "t");
        this.columns = columns.size();
        reader = CopyReader.of(options, "t", columns, notNull, isNull);
    }

    static CopyOptions options(String direction) {
        Copy copy = (Copy) SqlParser.parse("COPY t " + direction).getFirst().statement();
        return CopyOptions.of(copy.options(), copy.from());
    }

    static List<String> whole(CopyOptions options, byte[] data) {
        return whole(options, COLUMNS, data);
    }

    static List<String> whole(CopyOptions options, List<String> columns, byte[] data) {
        Reading reading = new Reading(options, columns);
        reading.feed(data, 0, data.length);
        return reading.end();
    }

    static List<String> cutAt(CopyOptions options, byte[] data, int cut) {
        Reading reading = new Reading(options, COLUMNS);
        reading.feed(data, 0, cut);
        reading.feed(data, cut, data.length - cut);
        return reading.end();
    }

    static List<String> cutByChance(CopyOptions options, byte[] data, Chance chance) {
        return cutByChance(options, COLUMNS, data, chance);
    }

    static List<String> cutByChance(CopyOptions options, List<String> columns, byte[] data, Chance chance) {
        Reading reading = new Reading(options, columns);
        int longest = 1 + chance.below(1 << chance.below(17));
        for (int at = 0; at < data.length; ) {
            int count = Math.min(data.length - at, chance.between(0, longest));
            reading.feed(data, at, count);
            at += count;
        }
        return reading.end();
    }

    private void feed(byte[] data, int offset, int count) {
        if (!failed) {
            reader.feed(data, offset, count);
            drain();
        }
    }

    private List<String> end() {
        if (!failed) {
            reader.end();
            drain();
        }
        return outcome;
    }

    private void drain() {
        try {
            while (reader.next()) {
                for (int i = 0; i < columns; i++) {
                    if (reader.lengths()[i] == CopyReader.MISSING) {
                        throw reader.missingData(i);
                    }
                    outcome.add(field(i));
                }
            }
        } catch (SqlException e) {
            SqlError error = e.error();
            failed = true;
            outcome.clear();
            outcome.addAll(
                    List.of("error", error.sqlState(), error.message(), orDash(error.hint()), orDash(error.where())));
        }
    }

    private String field(int i) {
        int length = reader.lengths()[i];
        return length == CopyReader.NULL
                ? "<null>"
                : "=" + new String(reader.buffer(), reader.offsets()[i], length, StandardCharsets.UTF_8);
    }

    private static String orDash(@Nullable String text) {
        return text == null ? "-" : text;
    }
}
