package dev.boreal.queryprocessor.syntax;

import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.syntax.tree.Constraint;
import dev.boreal.queryprocessor.syntax.tree.ObjectDefinition.CreateDatabase;
import dev.boreal.queryprocessor.syntax.tree.ObjectDefinition.CreateDomain;
import dev.boreal.queryprocessor.syntax.tree.ObjectDefinition.CreateEnum;
import dev.boreal.queryprocessor.syntax.tree.ObjectDefinition.CreateExtension;
import dev.boreal.queryprocessor.syntax.tree.ObjectDefinition.CreateSchema;
import dev.boreal.queryprocessor.syntax.tree.Option;
import dev.boreal.queryprocessor.syntax.tree.Option.Value;
import dev.boreal.queryprocessor.syntax.tree.Persistence;
import dev.boreal.queryprocessor.syntax.tree.QualifiedName;
import dev.boreal.queryprocessor.syntax.tree.RoleName;
import dev.boreal.queryprocessor.syntax.tree.Statement;
import dev.boreal.queryprocessor.syntax.tree.TableDefinition.CreateSequence;
import dev.boreal.queryprocessor.syntax.tree.TypeName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CREATE by what follows it; things that are no relations are read here. */
final class CreateParser {
    private final TokenCursor tokens;
    private final Grammar grammar;

    CreateParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    Statement statement() {
        int position = tokens.position();
        tokens.expect(TokenKind.CREATE);
        if (tokens.accept(TokenKind.OR)) {
            tokens.expect(TokenKind.REPLACE);
            return orReplace(position);
        }
        Persistence persistence = persistence();
        if (persistence != null) {
            return relation(persistence, position);
        }
        return switch (tokens.kind()) {
            case TABLE, VIEW, RECURSIVE, MATERIALIZED, SEQUENCE -> relation(Persistence.PERMANENT, position);
            case INDEX, UNIQUE -> new IndexParser(grammar).create(position);
            case SCHEMA -> schema(position);
            case ROLE, GROUP -> new RoleParser(grammar).create(position);
            case USER ->
                tokens.kind(1) == TokenKind.MAPPING
                        ? unsupported(2, position)
                        : new RoleParser(grammar).create(position);
            case DOMAIN -> domain(position);
            case TYPE -> type(position);
            case EXTENSION -> extension(position);
            case DATABASE -> database(position);
            default -> unsupportedKind(position);
        };
    }

    /** What EXPLAIN may hold: a table or materialized view made from a query. */
    Statement explainable() {
        int position = tokens.position();
        tokens.expect(TokenKind.CREATE);
        Persistence persistence = persistence();
        if (!tokens.is(TokenKind.TABLE) && !tokens.is(TokenKind.MATERIALIZED)) {
            throw tokens.syntaxError();
        }
        Persistence kept = persistence == null ? Persistence.PERMANENT : persistence;
        return tokens.is(TokenKind.TABLE)
                ? new TableParser(grammar).createFromQuery(kept, position)
                : relation(kept, position);
    }

    /** OptTemp; null if nothing was written. */
    private @Nullable Persistence persistence() {
        return switch (tokens.kind()) {
            case LOCAL, GLOBAL -> {
                tokens.advance();
                if (!tokens.accept(TokenKind.TEMPORARY)) {
                    tokens.expect(TokenKind.TEMP);
                }
                yield Persistence.TEMPORARY;
            }
            case TEMPORARY, TEMP -> {
                tokens.advance();
                yield Persistence.TEMPORARY;
            }
            case UNLOGGED -> {
                tokens.advance();
                yield Persistence.UNLOGGED;
            }
            default -> {
                yield null;
            }
        };
    }

    private Statement relation(Persistence persistence, int position) {
        return switch (tokens.kind()) {
            case TABLE -> {
                yield new TableParser(grammar).create(persistence, position);
            }
            case SEQUENCE -> {
                tokens.advance();
                boolean ifNotExists = ifNotExists(tokens);
                QualifiedName name = tokens.relationName();
                yield new CreateSequence(
                        name, persistence, ifNotExists, new SequenceParser(grammar).options(), position);
            }
            case VIEW, RECURSIVE -> {
                yield new ViewParser(grammar).create(persistence, false, position);
            }
            case MATERIALIZED -> {
                if (persistence == Persistence.TEMPORARY) {
                    throw tokens.syntaxError();
                }
                yield new ViewParser(grammar).createMaterialized(persistence, position);
            }
            default -> throw tokens.syntaxError();
        };
    }

    private Statement orReplace(int position) {
        Persistence persistence = persistence();
        if (persistence != null || tokens.is(TokenKind.VIEW) || tokens.is(TokenKind.RECURSIVE)) {
            return new ViewParser(grammar)
                    .create(persistence == null ? Persistence.PERMANENT : persistence, true, position);
        }
        return switch (tokens.kind()) {
            case FUNCTION, PROCEDURE, TRIGGER, RULE, AGGREGATE, LANGUAGE, TRANSFORM -> unsupported(1, position);
            case CONSTRAINT, PROCEDURAL, TRUSTED -> unsupported(2, position);
            default -> throw tokens.syntaxError();
        };
    }

    private Statement unsupportedKind(int position) {
        return switch (tokens.kind()) {
            case AGGREGATE,
                    CAST,
                    COLLATION,
                    CONVERSION,
                    FUNCTION,
                    LANGUAGE,
                    POLICY,
                    PROCEDURE,
                    PUBLICATION,
                    RULE,
                    SERVER,
                    STATISTICS,
                    SUBSCRIPTION,
                    TABLESPACE,
                    TRANSFORM,
                    TRIGGER -> unsupported(1, position);
            case OPERATOR ->
                unsupported(tokens.kind(1) == TokenKind.CLASS || tokens.kind(1) == TokenKind.FAMILY ? 2 : 1, position);
            case ACCESS, CONSTRAINT, DEFAULT, EVENT, PROCEDURAL, TRUSTED -> unsupported(2, position);
            case FOREIGN -> unsupported(tokens.kind(1) == TokenKind.TABLE ? 2 : 3, position);
            case TEXT -> unsupported(3, position);
            default -> throw tokens.syntaxError();
        };
    }

    /** A thing that Boreal does not have, named by as many words. */
    private Statement unsupported(int words, int position) {
        StringBuilder feature = new StringBuilder("CREATE");
        for (int i = 0; i < words; i++) {
            if (!tokens.kind().isKeyword()) {
                throw tokens.syntaxError();
            }
            feature.append(' ').append(tokens.kind());
            tokens.advance();
        }
        if (tokens.is(TokenKind.END_OF_INPUT) || tokens.is(TokenKind.SEMICOLON)) {
            throw tokens.syntaxError();
        }
        return grammar.statements.unsupported(feature.toString(), position);
    }

    /** {@code IF NOT EXISTS}. */
    static boolean ifNotExists(TokenCursor tokens) {
        if (!tokens.is(TokenKind.IF, TokenKind.NOT)) {
            return false;
        }
        tokens.advance();
        tokens.advance();
        tokens.expect(TokenKind.EXISTS);
        return true;
    }

    private Statement schema(int position) {
        tokens.expect(TokenKind.SCHEMA);
        boolean ifNotExists = ifNotExists(tokens);
        String name = tokens.is(TokenKind.AUTHORIZATION) ? null : tokens.columnId();
        RoleName authorization = tokens.accept(TokenKind.AUTHORIZATION) ? new RoleParser(grammar).role() : null;
        List<Statement> elements = new ArrayList<>();
        int start = tokens.position();
        while (tokens.is(TokenKind.CREATE) || tokens.is(TokenKind.GRANT)) {
            elements.add(grammar.statements.statement());
        }
        if (ifNotExists && !elements.isEmpty()) {
            throw SyntaxErrors.at(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    "CREATE SCHEMA IF NOT EXISTS cannot include schema elements",
                    start);
        }
        return new CreateSchema(name, authorization, ifNotExists, List.copyOf(elements), position);
    }

    private Statement domain(int position) {
        tokens.expect(TokenKind.DOMAIN);
        QualifiedName name = tokens.anyName();
        tokens.accept(TokenKind.AS);
        TypeName type = grammar.types.type();
        ConstraintParser.ColumnConstraints constraints = new ConstraintParser(grammar).ofColumn();
        List<Constraint> list = constraints.constraints();
        return new CreateDomain(name, type, constraints.collation(), list, position);
    }

    private Statement type(int position) {
        tokens.expect(TokenKind.TYPE);
        QualifiedName name = tokens.anyName();
        if (!tokens.accept(TokenKind.AS, TokenKind.ENUM)) {
            return grammar.statements.unsupported("CREATE TYPE", position);
        }
        tokens.expect(TokenKind.LEFT_PARENTHESIS);
        List<String> labels = new ArrayList<>();
        if (!tokens.is(TokenKind.RIGHT_PARENTHESIS)) {
            do {
                labels.add(tokens.string());
            } while (tokens.accept(TokenKind.COMMA));
        }
        tokens.expect(TokenKind.RIGHT_PARENTHESIS);
        return new CreateEnum(name, List.copyOf(labels), position);
    }

    private Statement extension(int position) {
        tokens.expect(TokenKind.EXTENSION);
        boolean ifNotExists = ifNotExists(tokens);
        String name = tokens.columnId();
        tokens.accept(TokenKind.WITH);
        List<Option> options = new ArrayList<>();
        while (true) {
            int start = tokens.position();
            if (tokens.accept(TokenKind.SCHEMA)) {
                options.add(new Option(null, "schema", new Value.Text(tokens.columnId(), false), start));
            } else if (tokens.accept(TokenKind.VERSION)) {
                boolean quoted = tokens.is(TokenKind.STRING);
                String version = quoted ? tokens.string() : tokens.nonReservedWord();
                options.add(new Option(null, "new_version", new Value.Text(version, quoted), start));
            } else if (tokens.accept(TokenKind.CASCADE)) {
                options.add(new Option(null, "cascade", null, start));
            } else {
                return new CreateExtension(name, ifNotExists, List.copyOf(options), position);
            }
        }
    }

    private Statement database(int position) {
        tokens.expect(TokenKind.DATABASE);
        String name = tokens.columnId();
        tokens.accept(TokenKind.WITH);
        List<Option> options = new ArrayList<>();
        while (tokens.kind().word && !tokens.is(TokenKind.END_OF_INPUT)) {
            int start = tokens.position();
            String option = databaseOption();
            tokens.accept(TokenKind.EQUAL);
            Value value;
            if (tokens.accept(TokenKind.DEFAULT)) {
                value = new Value.Text("default", false);
            } else if (tokens.is(TokenKind.INTEGER_LITERAL)
                    || tokens.is(TokenKind.MINUS)
                    || tokens.is(TokenKind.PLUS)) {
                value = new Value.Numeral(tokens.signedNumber());
            } else {
                boolean quoted = tokens.is(TokenKind.STRING);
                value = new Value.Text(grammar.statements.options().booleanOrString(), quoted);
            }
            options.add(new Option(null, option, value, start));
        }
        return new CreateDatabase(name, List.copyOf(options), position);
    }

    private String databaseOption() {
        if (tokens.accept(TokenKind.CONNECTION)) {
            tokens.expect(TokenKind.LIMIT);
            return "connection_limit";
        }
        return switch (tokens.kind()) {
            case IDENTIFIER, ENCODING, LOCATION, OWNER, TABLESPACE, TEMPLATE -> tokens.columnId();
            default -> throw tokens.syntaxError();
        };
    }
}
