package dev.boreal.queryprocessor.syntax;

import dev.boreal.queryprocessor.syntax.tree.SequenceOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Options of sequences and identity columns. */
final class SequenceParser {
    private final TokenCursor tokens;
    private final Grammar grammar;

    SequenceParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    List<SequenceOption> options() {
        List<SequenceOption> options = new ArrayList<>();
        SequenceOption option = option();
        while (option != null) {
            options.add(option);
            option = option();
        }
        return List.copyOf(options);
    }

    /** OptParenthesizedSeqOptList. */
    List<SequenceOption> parenthesized() {
        if (!tokens.accept(TokenKind.LEFT_PARENTHESIS)) {
            return List.of();
        }
        List<SequenceOption> options = options();
        if (options.isEmpty()) {
            throw tokens.syntaxError();
        }
        tokens.expect(TokenKind.RIGHT_PARENTHESIS);
        return options;
    }

    /** SeqOptElem; null if none begins here. */
    @Nullable SequenceOption option() {
        int position = tokens.position();
        TokenKind kind = tokens.kind();
        switch (kind) {
            case AS, CACHE, CYCLE, INCREMENT, MAXVALUE, MINVALUE, NO, OWNED, SEQUENCE, START, RESTART ->
                tokens.advance();
            default -> {
                return null;
            }
        }
        return switch (kind) {
            case AS -> new SequenceOption.AsType(grammar.types.type(), position);
            case CACHE -> new SequenceOption.Cache(tokens.signedNumber(), position);
            case CYCLE -> new SequenceOption.Cycle(true, position);
            case INCREMENT -> {
                tokens.accept(TokenKind.BY);
                yield new SequenceOption.Increment(tokens.signedNumber(), position);
            }
            case MAXVALUE -> new SequenceOption.MaxValue(tokens.signedNumber(), position);
            case MINVALUE -> new SequenceOption.MinValue(tokens.signedNumber(), position);
            case NO -> no(position);
            case OWNED -> {
                tokens.expect(TokenKind.BY);
                yield new SequenceOption.OwnedBy(tokens.anyName(), position);
            }
            case SEQUENCE -> {
                tokens.expect(TokenKind.NAME);
                yield new SequenceOption.SequenceName(tokens.anyName(), position);
            }
            case START -> {
                tokens.accept(TokenKind.WITH);
                yield new SequenceOption.Start(tokens.signedNumber(), position);
            }
            default -> restart(position);
        };
    }

    private SequenceOption no(int position) {
        if (tokens.accept(TokenKind.CYCLE)) {
            return new SequenceOption.Cycle(false, position);
        }
        if (tokens.accept(TokenKind.MAXVALUE)) {
            return new SequenceOption.MaxValue(null, position);
        }
        tokens.expect(TokenKind.MINVALUE);
        return new SequenceOption.MinValue(null, position);
    }

    private SequenceOption restart(int position) {
        boolean with = tokens.accept(TokenKind.WITH);
        boolean number = switch (tokens.kind()) {
            case INTEGER_LITERAL, NUMERIC_LITERAL, PLUS, MINUS -> true;
            default -> with;
        };
        return new SequenceOption.Restart(number ? tokens.signedNumber() : null, position);
    }
}
