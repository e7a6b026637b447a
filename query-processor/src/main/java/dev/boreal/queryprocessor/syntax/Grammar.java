package dev.boreal.queryprocessor.syntax;

/** The parsers of the parts of the language, which call one another, over one text. */
final class Grammar {
    final TokenCursor tokens;
    final TypeParser types;
    final ExpressionParser expressions;
    final PrimaryParser primaries;
    final FunctionParser functions;
    final WindowParser windows;
    final QueryParser queries;
    final FromParser from;
    final ModificationParser modifications;
    final StatementParser statements;

    Grammar(Tokens text) {
        tokens = new TokenCursor(text);
        types = new TypeParser(this);
        expressions = new ExpressionParser(this);
        primaries = new PrimaryParser(this);
        functions = new FunctionParser(this);
        windows = new WindowParser(this);
        queries = new QueryParser(this);
        from = new FromParser(this);
        modifications = new ModificationParser(this);
        statements = new StatementParser(this);
    }
}
