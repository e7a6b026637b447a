package dev.boreal.launcher.differential;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Scalar expressions by chance, the same ones for the same seed. {@code expressions.txt} says what they are made of: a line
 * {@code type: text} is a way to make an expression of a type, where {@code `type`} stands for any expression of that type.
 */
final class RandomExpressions {
    private static final Path FORMS = StatementFile.DIRECTORY.resolve("expressions.txt");

    private static final char MARK = '`';

    private final Map<String, List<String>> literals = new LinkedHashMap<>();
    private final Map<String, List<String>> forms = new LinkedHashMap<>();
    private final List<String> types;
    private final Random random;

    RandomExpressions(long seed) throws IOException {
        random = new Random(seed);
        for (String line : Files.readAllLines(FORMS)) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            int colon = line.indexOf(": ");
            Map<String, List<String>> target = line.indexOf(MARK) >= 0 ? forms : literals;
            target.computeIfAbsent(line.substring(0, colon), type -> new ArrayList<>())
                    .add(line.substring(colon + 2));
        }
        types = List.copyOf(literals.keySet());
    }

    /** An expression of any type. */
    String next() {
        return expression(types.get(random.nextInt(types.size())), 1 + random.nextInt(3));
    }

    private String expression(String type, int depth) {
        List<String> ways = forms.getOrDefault(type, List.of());
        if (depth == 0 || ways.isEmpty() || random.nextInt(6) == 0) {
            List<String> values = literals.getOrDefault(type, List.of("NULL"));
            return values.get(random.nextInt(values.size()));
        }
        String way = ways.get(random.nextInt(ways.size()));
        StringBuilder text = new StringBuilder();
        int at = 0;
        for (int open = way.indexOf(MARK); open >= 0; open = way.indexOf(MARK, at)) {
            int close = way.indexOf(MARK, open + 1);
            text.append(way, at, open).append(expression(way.substring(open + 1, close), depth - 1));
            at = close + 1;
        }
        return text.append(way.substring(at)).toString();
    }
}
