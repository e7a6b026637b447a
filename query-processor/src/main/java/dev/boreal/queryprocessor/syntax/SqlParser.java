package dev.boreal.queryprocessor.syntax;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.queryprocessor.syntax.tree.Expression;
import dev.boreal.queryprocessor.syntax.tree.TypeName;
import java.util.List;

/**
 * PostgreSQL's SQL to trees. Stateless: any thread may call.
 *
 * <p>Every method throws {@link SqlException} for a text that PostgreSQL refuses: 42601 with its wording and position, or another state where
 * PostgreSQL has another; 54001 for a text nested deeper than a stack should hold; 0A000 for an expression that Boreal does not have.
 */
public final class SqlParser {

    private SqlParser() {}

    /** All statements of a text; empty ones are left out, so the list may be empty. */
    public static List<ParsedStatement> parse(String sql) {
        try {
            return new Grammar(new Tokens(sql)).statements.statements();
        } catch (StackOverflowError overflow) {
            throw SyntaxErrors.tooDeep();
        }
    }

    /** One expression, as column defaults and checks are stored. */
    public static Expression parseExpression(String sql) {
        try {
            Grammar grammar = new Grammar(new Tokens(sql));
            Expression expression = grammar.expressions.expression();
            requireEnd(grammar);
            return expression;
        } catch (StackOverflowError overflow) {
            throw SyntaxErrors.tooDeep();
        }
    }

    /** One type name, such as {@code numeric(10,2)[]}; what {@code regtype} reads. */
    public static TypeName parseType(String sql) {
        Grammar grammar = new Grammar(new Tokens(sql));
        TypeName type = grammar.types.type();
        requireEnd(grammar);
        return type;
    }

    private static void requireEnd(Grammar grammar) {
        if (!grammar.tokens.is(TokenKind.END_OF_INPUT)) {
            throw grammar.tokens.syntaxError();
        }
    }
}
