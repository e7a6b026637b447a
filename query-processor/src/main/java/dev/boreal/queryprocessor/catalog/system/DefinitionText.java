package dev.boreal.queryprocessor.catalog.system;

import dev.boreal.queryprocessor.catalog.CatalogNames;
import dev.boreal.queryprocessor.catalog.Column;
import dev.boreal.queryprocessor.catalog.Constraint;
import dev.boreal.queryprocessor.catalog.Index;
import dev.boreal.queryprocessor.catalog.Relation;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.catalog.View;
import dev.boreal.queryprocessor.catalog.definition.ExpressionText;
import dev.boreal.queryprocessor.catalog.definition.QueryNames;
import dev.boreal.queryprocessor.catalog.definition.SequenceText;
import dev.boreal.queryprocessor.syntax.Identifiers;
import dev.boreal.queryprocessor.syntax.SqlParser;
import dev.boreal.queryprocessor.syntax.SqlPrinter;
import dev.boreal.queryprocessor.syntax.tree.Literal;
import dev.boreal.queryprocessor.syntax.tree.Query;
import dev.boreal.queryprocessor.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Definitions of indexes and constraints as SQL, in the words of PostgreSQL's pg_get_indexdef and pg_get_constraintdef. */
final class DefinitionText {
    private final CatalogNames names;

    DefinitionText(CatalogNames names) {
        this.names = names;
    }

    /** @param pretty the short form: the table's name unqualified where it is visible, and no outer parentheses */
    String index(Table table, Index index, boolean pretty) {
        StringBuilder out = new StringBuilder("CREATE ");
        out.append(index.unique() ? "UNIQUE INDEX " : "INDEX ")
                .append(Identifiers.quote(index.name()))
                .append(" ON ")
                .append(pretty ? printed(table) : names.printQualified(new CatalogNames.Found(table, null)))
                .append(" USING btree (");
        for (int i = 0; i < index.columns().size(); i++) {
            Index.IndexColumn column = index.columns().get(i);
            out.append(i == 0 ? "" : ", ").append(key(table, column, pretty)).append(order(column));
        }
        out.append(')');
        if (index.includedColumns().length > 0) {
            out.append(" INCLUDE (")
                    .append(list(table, index.includedColumns()))
                    .append(')');
        }
        if (index.nullsNotDistinct()) {
            out.append(" NULLS NOT DISTINCT");
        }
        String predicate = index.predicateSql();
        if (predicate != null) {
            out.append(" WHERE ").append(expression(predicate, pretty));
        }
        return out.toString();
    }

    /** One column of an index, from 1, included ones last; empty if there is none of that number. */
    String indexColumn(Table table, Index index, int number, boolean pretty) {
        int keys = index.columns().size();
        if (number >= 1 && number <= keys) {
            return key(table, index.columns().get(number - 1), pretty);
        }
        if (number > keys && number <= keys + index.includedColumns().length) {
            return Identifiers.quote(
                    table.column(index.includedColumns()[number - keys - 1]).name());
        }
        return "";
    }

    private String key(Table table, Index.IndexColumn column, boolean pretty) {
        String sql = column.expressionSql();
        if (sql == null) {
            return Identifiers.quote(table.column(column.columnNumber()).name());
        }
        String text = expression(sql, pretty);
        return isCall(text) ? text : "(" + text + ")";
    }

    private static String order(Index.IndexColumn column) {
        if (column.descending()) {
            return column.nullsFirst() ? " DESC" : " DESC NULLS LAST";
        }
        return column.nullsFirst() ? " NULLS FIRST" : "";
    }

    String constraint(Table table, Constraint constraint, boolean pretty) {
        return switch (constraint) {
            case Constraint.Unique unique -> unique(table, unique);
            case Constraint.Check check ->
                "CHECK (" + expression(check.conditionSql(), pretty) + ")" + (check.validated() ? "" : " NOT VALID");
            case Constraint.ForeignKey key -> foreignKey(table, key);
        };
    }

    private static String unique(Table table, Constraint.Unique unique) {
        Index index = table.findIndex(unique.indexOid());
        StringBuilder out = new StringBuilder(unique.primary() ? "PRIMARY KEY " : "UNIQUE ");
        if (index != null) {
            if (index.nullsNotDistinct()) {
                out.append("NULLS NOT DISTINCT ");
            }
            int[] numbers = new int[index.columns().size()];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = index.columns().get(i).columnNumber();
            }
            out.append('(').append(list(table, numbers)).append(')');
            if (index.includedColumns().length > 0) {
                out.append(" INCLUDE (")
                        .append(list(table, index.includedColumns()))
                        .append(')');
            }
        }
        return out.append(deferral(unique.deferrable(), unique.initiallyDeferred()))
                .toString();
    }

    private String foreignKey(Table table, Constraint.ForeignKey key) {
        CatalogNames.Found found = names.findByOid(key.referencedTable());
        StringBuilder out = new StringBuilder("FOREIGN KEY (")
                .append(list(table, key.columns()))
                .append(") REFERENCES ");
        if (found != null && found.relation() instanceof Table referenced) {
            out.append(printed(referenced))
                    .append('(')
                    .append(list(referenced, key.referencedColumns()))
                    .append(')');
        }
        out.append(key.matchFull() ? " MATCH FULL" : "");
        if (key.onUpdate() != Constraint.ForeignKey.Action.NO_ACTION) {
            out.append(" ON UPDATE ").append(words(key.onUpdate()));
        }
        if (key.onDelete() != Constraint.ForeignKey.Action.NO_ACTION) {
            out.append(" ON DELETE ").append(words(key.onDelete()));
        }
        List<Integer> set = key.setColumns();
        if (set != null) {
            out.append(" (")
                    .append(list(table, set.stream().mapToInt(Integer::intValue).toArray()))
                    .append(')');
        }
        return out.append(deferral(key.deferrable(), key.initiallyDeferred()))
                .append(key.validated() ? "" : " NOT VALID")
                .toString();
    }

    private static String words(Constraint.ForeignKey.Action action) {
        return action.name().replace('_', ' ');
    }

    private static String deferral(boolean deferrable, boolean initiallyDeferred) {
        return (deferrable ? " DEFERRABLE" : "") + (initiallyDeferred ? " INITIALLY DEFERRED" : "");
    }

    /**
     * A stored expression as it is shown.
     *
     * @param pretty parentheses only where precedence may be in doubt
     */
    String expression(String sql, boolean pretty) {
        SqlPrinter printer = pretty ? SqlPrinter.PRETTY : SqlPrinter.PARENTHESES;
        return SequenceText.shown(printer.print(SqlParser.parseExpression(sql)), names);
    }

    /** A column's default; a string that stands alone carries its type, as tools expect that read it. */
    static @Nullable String defaultOf(Column column) {
        String sql = column.defaultSql();
        if (sql == null || column.generatedStored() || !sql.startsWith("'")) {
            return sql;
        }
        boolean converted = column.type().category() == 'B' || column.type().category() == 'N' && isPlainNumber(column);
        return !converted && SqlParser.parseExpression(sql) instanceof Literal.StringLiteral
                ? sql + "::" + typeName(column.type())
                : sql;
    }

    private static boolean isPlainNumber(Column column) {
        return !column.type().name().equals("numeric");
    }

    private static String typeName(SqlType type) {
        return type.name().equals("bpchar") ? "bpchar" : type.formatName(-1);
    }

    /** A view's query, clause by clause. */
    String view(View view) {
        return SqlParser.parse(view.querySql()).getFirst().statement() instanceof Query query
                ? SqlPrinter.PRETTY.printView(QueryNames.shorten(query, names))
                : view.querySql();
    }

    String printed(Relation relation) {
        String name = names.print(relation.oid());
        return name == null ? Identifiers.quote(relation.name()) : name;
    }

    private static String list(Table table, int[] numbers) {
        StringBuilder out = new StringBuilder();
        for (int number : numbers) {
            out.append(out.isEmpty() ? "" : ", ")
                    .append(Identifiers.quote(table.column(number).name()));
        }
        return out.toString();
    }

    /** Attribute numbers of the columns that a check is about. */
    static int[] columnsOf(Table table, Constraint.Check check) {
        List<Integer> numbers = new ArrayList<>();
        for (Column column : table.columns()) {
            if (!column.dropped() && ExpressionText.mentions(check.conditionSql(), column.name())) {
                numbers.add(column.number());
            }
        }
        return numbers.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Whether the expression is one function call, which stands in an index without parentheses. */
    private static boolean isCall(String sql) {
        int open = sql.indexOf('(');
        if (open <= 0 || !sql.endsWith(")")) {
            return false;
        }
        for (int i = 0; i < open; i++) {
            char c = sql.charAt(i);
            if (!Character.isLetterOrDigit(c) && c != '_' && c != '.') {
                return false;
            }
        }
        return closing(sql, open) == sql.length() - 1;
    }

    /** Where the parenthesis that opens at {@code open} closes; quoted text is passed over. */
    private static int closing(String sql, int open) {
        int depth = 0;
        char quote = 0;
        for (int i = open; i < sql.length(); i++) {
            char c = sql.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == '(') {
                depth++;
            } else if (c == ')' && --depth == 0) {
                return i;
            }
        }
        return -1;
    }
}
