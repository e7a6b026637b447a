package dev.boreal.queryprocessor.syntax.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code name [= value]} in the options of WITH (...), COPY, EXPLAIN, VACUUM and so on.
 *
 * @param namespace {@code toast} in {@code toast.autovacuum_enabled}
 * @param value null if there is none
 */
public record Option(
        @Nullable String namespace, String name, @Nullable Value value, int position) implements Node {

    /** What an option is set to. */
    public sealed interface Value {

        /** A word, string or boolean keyword ({@code true}, {@code false}, {@code on}); words are folded. */
        record Text(String text, boolean quoted) implements Value {}

        /** A number with its sign, as text. */
        record Numeral(String text) implements Value {}

        /** {@code *}, as in COPY's FORCE_QUOTE. */
        record Star() implements Value {}

        /** {@code (a, b)}, as in COPY's FORCE_NULL. */
        record Texts(List<String> items) implements Value {}

        /** An operator, such as {@code OPERATOR(pg_catalog.<)} or {@code +}. */
        record Operator(OperatorName name) implements Value {}

        /** A type name other than a plain word, such as {@code double precision}. */
        record Type(TypeName type) implements Value {}
    }

    /** The value as text, null if there is none or it is a list, a star or an operator. */
    public @Nullable String text() {
        return switch (value) {
            case Value.Text t -> t.text();
            case Value.Numeral n -> n.text();
            case Value.Type t -> t.type().name().toString();
            case null, default -> null;
        };
    }
}
