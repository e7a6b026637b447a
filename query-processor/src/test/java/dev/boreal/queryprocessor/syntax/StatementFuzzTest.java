package dev.boreal.queryprocessor.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.boreal.clock.Chance;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.queryprocessor.syntax.tree.PreparableStatement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements cut to tokens, mixed with one another and spoiled: whatever comes of it, the parser refuses or prints what it read. */
final class StatementFuzzTest {
    private static final int STATEMENTS = 8_000;
    private static final String SPOILERS = "'\"$\\()[];:,.*+-/<>=!@#%^&|?~ \n\0é😀EUXBN_09azAZ";

    @ParameterizedTest
    @ValueSource(longs = {1, 20_261_121, 42})
    void throwsNothingButSqlExceptions(long seed) {
        Chance chance = new Chance(seed);
        List<List<String>> statements = tokenTexts();
        StatementNormalizer normalizer = new StatementNormalizer();
        int accepted = 0;
        for (int i = 0; i < STATEMENTS; i++) {
            String sql = mutate(chance, statements);
            accepted += survives(sql, normalizer, seed) ? 1 : 0;
        }
        assertThat(accepted).isGreaterThan(STATEMENTS / 50);
    }

    private static boolean survives(String sql, StatementNormalizer normalizer, long seed) {
        try {
            normalizer.normalize(sql);
            for (ParsedStatement parsed : SqlParser.parse(sql)) {
                if (parsed.statement() instanceof PreparableStatement statement) {
                    String printed = SqlPrinter.PRETTY.print(statement);
                    String again =
                            TreeText.of(SqlParser.parse(printed).getFirst().statement());
                    assertThat(again).as("seed %d: %s", seed, sql).isEqualTo(TreeText.of(statement));
                }
            }
            return true;
        } catch (SqlException refused) {
            assertThat(refused.error().position())
                    .as("seed %d: %s", seed, sql)
                    .isBetween(0, sql.codePointCount(0, sql.length()) + 1);
            return false;
        } catch (RuntimeException | Error bug) {
            return fail("seed " + seed + ": " + sql, bug);
        }
    }

    private static List<List<String>> tokenTexts() {
        List<List<String>> statements = new ArrayList<>();
        for (GoldenStatements.Golden golden : GoldenStatements.all()) {
            List<String> tokens = new ArrayList<>();
            Lexer lexer = new Lexer(golden.sql());
            TokenKind kind = lexer.next();
            while (kind != TokenKind.END_OF_INPUT && kind != TokenKind.INVALID) {
                tokens.add(golden.sql().substring(lexer.start, lexer.end));
                kind = lexer.next();
            }
            if (!tokens.isEmpty() && tokens.size() < 200) {
                statements.add(tokens);
            }
        }
        return statements;
    }

    private static String mutate(Chance chance, List<List<String>> statements) {
        List<String> tokens = new ArrayList<>(pick(chance, statements));
        int changes = 1 + chance.below(3);
        for (int i = 0; i < changes && !tokens.isEmpty(); i++) {
            int at = chance.below(tokens.size());
            List<String> other = pick(chance, statements);
            switch (chance.below(7)) {
                case 0 -> tokens.remove(at);
                case 1 -> tokens.add(at, tokens.get(chance.below(tokens.size())));
                case 2 -> tokens.set(at, pick(chance, other));
                case 3 -> tokens.add(at, pick(chance, other));
                case 4 -> tokens.addAll(at, slice(chance, other));
                case 5 -> tokens.subList(at, tokens.size()).clear();
                default -> tokens.set(at, spoil(chance, tokens.get(at)));
            }
        }
        return String.join(chance.oneIn(20) ? "" : " ", tokens);
    }

    private static <T> T pick(Chance chance, List<T> list) {
        return list.get(chance.below(list.size()));
    }

    private static List<String> slice(Chance chance, List<String> tokens) {
        int from = chance.below(tokens.size());
        return tokens.subList(from, Math.min(tokens.size(), from + 1 + chance.below(8)));
    }

    private static String spoil(Chance chance, String token) {
        int at = chance.below(token.length() + 1);
        char spoiler = SPOILERS.charAt(chance.below(SPOILERS.length()));
        return token.substring(0, at) + spoiler + token.substring(at);
    }
}
