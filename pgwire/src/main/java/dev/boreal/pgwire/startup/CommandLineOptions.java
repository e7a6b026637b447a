package dev.boreal.pgwire.startup;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The startup parameter {@code options}: a command line of which PostgreSQL takes {@code -c name=value} and
 * {@code --name=value}. A backslash takes the next character as it is.
 */
final class CommandLineOptions {
    private CommandLineOptions() {}

    static Map<String, String> parse(String options) {
        List<String> words = split(options);
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("-c") && i + 1 < words.size()) {
                add(parameters, words.get(++i), word);
            } else if (word.startsWith("--")) {
                add(parameters, word.substring(2), word);
            } else if (word.startsWith("-c") && word.length() > 2) {
                add(parameters, word.substring(2), word);
            } else {
                throw invalid(word);
            }
        }
        return parameters;
    }

    private static void add(Map<String, String> parameters, String setting, String word) {
        int equals = setting.indexOf('=');
        if (equals <= 0) {
            throw invalid(word);
        }
        parameters.put(setting.substring(0, equals).replace('-', '_'), setting.substring(equals + 1));
    }

    private static List<String> split(String options) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        for (int i = 0; i < options.length(); i++) {
            char character = options.charAt(i);
            if (Character.isWhitespace(character)) {
                if (inWord) {
                    words.add(word.toString());
                    word.setLength(0);
                    inWord = false;
                }
                continue;
            }
            inWord = true;
            if (character == '\\' && i + 1 < options.length()) {
                character = options.charAt(++i);
            }
            word.append(character);
        }
        if (inWord) {
            words.add(word.toString());
        }
        return words;
    }

    private static SqlException invalid(String word) {
        return new SqlException(SqlState.SYNTAX_ERROR, "invalid command-line argument for server process: " + word);
    }
}
