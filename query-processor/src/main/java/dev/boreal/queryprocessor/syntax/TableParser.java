package dev.boreal.queryprocessor.syntax;

import static dev.boreal.queryprocessor.syntax.TokenKind.COMMA;
import static dev.boreal.queryprocessor.syntax.TokenKind.LEFT_PARENTHESIS;
import static dev.boreal.queryprocessor.syntax.TokenKind.RIGHT_PARENTHESIS;

import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.syntax.tree.Constraint;
import dev.boreal.queryprocessor.syntax.tree.DefinitionStatement.IntoClause;
import dev.boreal.queryprocessor.syntax.tree.Expression;
import dev.boreal.queryprocessor.syntax.tree.IndexElement;
import dev.boreal.queryprocessor.syntax.tree.Option;
import dev.boreal.queryprocessor.syntax.tree.Persistence;
import dev.boreal.queryprocessor.syntax.tree.QualifiedName;
import dev.boreal.queryprocessor.syntax.tree.Query;
import dev.boreal.queryprocessor.syntax.tree.SessionStatement;
import dev.boreal.queryprocessor.syntax.tree.Statement;
import dev.boreal.queryprocessor.syntax.tree.TableDefinition.CreateTable;
import dev.boreal.queryprocessor.syntax.tree.TableDefinition.CreateTableAs;
import dev.boreal.queryprocessor.syntax.tree.TableDefinition.OnCommit;
import dev.boreal.queryprocessor.syntax.tree.TableDefinition.PartitionBound;
import dev.boreal.queryprocessor.syntax.tree.TableDefinition.PartitionBy;
import dev.boreal.queryprocessor.syntax.tree.TableDefinition.PartitionOf;
import dev.boreal.queryprocessor.syntax.tree.TableElement;
import dev.boreal.queryprocessor.syntax.tree.TableElement.ColumnDefinition;
import dev.boreal.queryprocessor.syntax.tree.TableElement.LikeOption;
import dev.boreal.queryprocessor.syntax.tree.TypeName;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** CREATE TABLE in all its forms, and column definitions. */
final class TableParser {
    private final TokenCursor tokens;
    private final Grammar grammar;
    private final ConstraintParser constraints;

    TableParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
        this.constraints = new ConstraintParser(grammar);
    }

    Statement create(Persistence persistence, int position) {
        tokens.expect(TokenKind.TABLE);
        boolean ifNotExists = CreateParser.ifNotExists(tokens);
        QualifiedName name = tokens.relationName();
        if (tokens.accept(TokenKind.OF)) {
            QualifiedName type = tokens.anyName();
            List<TableElement> elements = typedElements();
            return finish(name, persistence, ifNotExists, elements, List.of(), type, null, position);
        }
        if (tokens.accept(TokenKind.PARTITION)) {
            tokens.expect(TokenKind.OF);
            QualifiedName parent = tokens.relationName();
            List<TableElement> elements = typedElements();
            PartitionOf partitionOf = new PartitionOf(parent, partitionBound());
            return finish(name, persistence, ifNotExists, elements, List.of(), null, partitionOf, position);
        }
        if (!tokens.is(LEFT_PARENTHESIS) || atColumnNames()) {
            return createAs(intoClause(name, true), persistence, ifNotExists, position);
        }
        List<TableElement> elements = elements();
        List<QualifiedName> inherits = List.of();
        if (tokens.accept(TokenKind.INHERITS)) {
            tokens.expect(LEFT_PARENTHESIS);
            inherits = tokens.relationNames();
            tokens.expect(RIGHT_PARENTHESIS);
        }
        return finish(name, persistence, ifNotExists, elements, inherits, null, null, position);
    }

    /** CREATE TABLE AS alone. */
    Statement createFromQuery(Persistence persistence, int position) {
        tokens.expect(TokenKind.TABLE);
        boolean ifNotExists = CreateParser.ifNotExists(tokens);
        QualifiedName name = tokens.relationName();
        return createAs(intoClause(name, true), persistence, ifNotExists, position);
    }

    private boolean atColumnNames() {
        return tokens.kind(1).columnId && (tokens.kind(2) == COMMA || tokens.kind(2) == RIGHT_PARENTHESIS);
    }

    private CreateTable finish(
            QualifiedName name,
            Persistence persistence,
            boolean ifNotExists,
            List<TableElement> elements,
            List<QualifiedName> inherits,
            @Nullable QualifiedName ofType,
            @Nullable PartitionOf partitionOf,
            int position) {
        PartitionBy partitionBy = partitionBy();
        String method = tokens.accept(TokenKind.USING) ? tokens.columnId() : null;
        List<Option> options = storageOptions();
        OnCommit onCommit = onCommit();
        String tablespace = tokens.accept(TokenKind.TABLESPACE) ? tokens.columnId() : null;
        return new CreateTable(
                name,
                persistence,
                ifNotExists,
                elements,
                inherits,
                ofType,
                partitionBy,
                partitionOf,
                method,
                options,
                onCommit,
                tablespace,
                position);
    }

    /** What CREATE TABLE AS and CREATE MATERIALIZED VIEW have before AS. */
    IntoClause intoClause(QualifiedName name, boolean withOnCommit) {
        List<String> columns = tokens.optionalParenthesizedNames();
        String method = tokens.accept(TokenKind.USING) ? tokens.columnId() : null;
        List<Option> options =
                withOnCommit ? storageOptions() : grammar.statements.options().optionalWith();
        OnCommit onCommit = withOnCommit ? onCommit() : OnCommit.UNSPECIFIED;
        String tablespace = tokens.accept(TokenKind.TABLESPACE) ? tokens.columnId() : null;
        return new IntoClause(name, columns, method, options, onCommit, tablespace);
    }

    private Statement createAs(IntoClause into, Persistence persistence, boolean ifNotExists, int position) {
        tokens.expect(TokenKind.AS);
        Query query = null;
        SessionStatement.Execute execute = null;
        if (tokens.is(TokenKind.EXECUTE)) {
            execute = new SessionParser(grammar).execute();
        } else {
            query = grammar.statements.query();
        }
        Boolean withData = UtilityParser.withData(tokens);
        return new CreateTableAs(into, persistence, ifNotExists, query, execute, withData, position);
    }

    private List<Option> storageOptions() {
        if (tokens.accept(TokenKind.WITHOUT)) {
            tokens.expect(TokenKind.OIDS);
            return List.of();
        }
        return grammar.statements.options().optionalWith();
    }

    private OnCommit onCommit() {
        if (!tokens.accept(TokenKind.ON)) {
            return OnCommit.UNSPECIFIED;
        }
        tokens.expect(TokenKind.COMMIT);
        if (tokens.accept(TokenKind.DROP)) {
            return OnCommit.DROP;
        }
        boolean delete = tokens.accept(TokenKind.DELETE);
        if (!delete) {
            tokens.expect(TokenKind.PRESERVE);
        }
        tokens.expect(TokenKind.ROWS);
        return delete ? OnCommit.DELETE_ROWS : OnCommit.PRESERVE_ROWS;
    }

    private List<TableElement> elements() {
        tokens.expect(LEFT_PARENTHESIS);
        if (tokens.accept(RIGHT_PARENTHESIS)) {
            return List.of();
        }
        List<TableElement> elements = new ArrayList<>();
        do {
            elements.add(element());
        } while (tokens.accept(COMMA));
        tokens.expect(RIGHT_PARENTHESIS);
        return List.copyOf(elements);
    }

    private TableElement element() {
        int position = tokens.position();
        if (tokens.is(TokenKind.LIKE)) {
            return like();
        }
        if (constraints.atTableConstraint()) {
            Constraint constraint = constraints.ofTable();
            return new TableElement.TableConstraint(constraint, position);
        }
        return column();
    }

    /** columnDef. */
    ColumnDefinition column() {
        int position = tokens.position();
        String name = tokens.columnId();
        TypeName type = grammar.types.type();
        String compression = null;
        if (tokens.accept(TokenKind.COMPRESSION)) {
            compression = tokens.accept(TokenKind.DEFAULT) ? "default" : tokens.columnId();
        }
        ConstraintParser.ColumnConstraints rest = constraints.ofColumn();
        return new ColumnDefinition(name, type, compression, rest.collation(), rest.constraints(), position);
    }

    private TableElement like() {
        int position = tokens.position();
        tokens.expect(TokenKind.LIKE);
        QualifiedName source = tokens.relationName();
        Set<LikeOption> options = EnumSet.noneOf(LikeOption.class);
        while (tokens.is(TokenKind.INCLUDING) || tokens.is(TokenKind.EXCLUDING)) {
            boolean including = tokens.accept(TokenKind.INCLUDING);
            if (!including) {
                tokens.advance();
            }
            Set<LikeOption> named = likeOptions();
            if (including) {
                options.addAll(named);
            } else {
                options.removeAll(named);
            }
        }
        return new TableElement.Like(source, Set.copyOf(options), position);
    }

    private Set<LikeOption> likeOptions() {
        TokenKind kind = tokens.kind();
        tokens.advance();
        return switch (kind) {
            case ALL -> EnumSet.allOf(LikeOption.class);
            case COMMENTS -> EnumSet.of(LikeOption.COMMENTS);
            case COMPRESSION -> EnumSet.of(LikeOption.COMPRESSION);
            case CONSTRAINTS -> EnumSet.of(LikeOption.CONSTRAINTS);
            case DEFAULTS -> EnumSet.of(LikeOption.DEFAULTS);
            case IDENTITY -> EnumSet.of(LikeOption.IDENTITY);
            case GENERATED -> EnumSet.of(LikeOption.GENERATED);
            case INDEXES -> EnumSet.of(LikeOption.INDEXES);
            case STATISTICS -> EnumSet.of(LikeOption.STATISTICS);
            case STORAGE -> EnumSet.of(LikeOption.STORAGE);
            default -> throw tokens.syntaxErrorAt(-1);
        };
    }

    /** OptTypedTableElementList: column options and constraints. */
    private List<TableElement> typedElements() {
        if (!tokens.accept(LEFT_PARENTHESIS)) {
            return List.of();
        }
        List<TableElement> elements = new ArrayList<>();
        do {
            int position = tokens.position();
            if (constraints.atTableConstraint()) {
                elements.add(new TableElement.TableConstraint(constraints.ofTable(), position));
            } else {
                String name = tokens.columnId();
                tokens.accept(TokenKind.WITH, TokenKind.OPTIONS);
                ConstraintParser.ColumnConstraints rest = constraints.ofColumn();
                elements.add(new ColumnDefinition(name, null, null, rest.collation(), rest.constraints(), position));
            }
        } while (tokens.accept(COMMA));
        tokens.expect(RIGHT_PARENTHESIS);
        return List.copyOf(elements);
    }

    private @Nullable PartitionBy partitionBy() {
        int position = tokens.position();
        if (!tokens.accept(TokenKind.PARTITION)) {
            return null;
        }
        tokens.expect(TokenKind.BY);
        int strategyPosition = tokens.position();
        String strategy = tokens.columnId();
        List<IndexElement> keys = new IndexElementParser(grammar).partitionKeys();
        if (!strategy.equals("list") && !strategy.equals("range") && !strategy.equals("hash")) {
            throw SyntaxErrors.at(
                    SqlState.INVALID_PARAMETER_VALUE,
                    "unrecognized partitioning strategy \"" + strategy + "\"",
                    strategyPosition);
        }
        return new PartitionBy(strategy, keys, position);
    }

    /** PartitionBoundSpec. */
    PartitionBound partitionBound() {
        if (tokens.accept(TokenKind.DEFAULT)) {
            return new PartitionBound.DefaultBound();
        }
        tokens.expect(TokenKind.FOR, TokenKind.VALUES);
        if (tokens.accept(TokenKind.IN)) {
            return new PartitionBound.ListBound(grammar.expressions.parenthesizedList());
        }
        if (tokens.accept(TokenKind.FROM)) {
            List<Expression> lower = grammar.expressions.parenthesizedList();
            tokens.expect(TokenKind.TO);
            return new PartitionBound.RangeBound(lower, grammar.expressions.parenthesizedList());
        }
        int position = tokens.position();
        tokens.expect(TokenKind.WITH);
        return hashBound(position);
    }

    private PartitionBound hashBound(int position) {
        tokens.expect(LEFT_PARENTHESIS);
        Integer modulus = null;
        Integer remainder = null;
        do {
            int start = tokens.position();
            String name = tokens.nonReservedWord();
            int value = tokens.integer();
            if (name.equals("modulus") && modulus == null) {
                modulus = value;
            } else if (name.equals("remainder") && remainder == null) {
                remainder = value;
            } else if (name.equals("modulus") || name.equals("remainder")) {
                throw SyntaxErrors.at(
                        SqlState.DUPLICATE_OBJECT, name + " for hash partition provided more than once", start);
            } else {
                throw SyntaxErrors.at("unrecognized hash partition bound specification \"" + name + "\"", start);
            }
        } while (tokens.accept(COMMA));
        tokens.expect(RIGHT_PARENTHESIS);
        if (modulus == null) {
            throw SyntaxErrors.at("modulus for hash partition must be specified", position);
        }
        if (remainder == null) {
            throw SyntaxErrors.at("remainder for hash partition must be specified", position);
        }
        return new PartitionBound.HashBound(modulus, remainder);
    }
}
