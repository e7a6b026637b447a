package dev.boreal.queryprocessor.session;

import dev.boreal.contracts.door.ResultSink;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.catalog.CatalogNames;
import dev.boreal.queryprocessor.catalog.Column;
import dev.boreal.queryprocessor.catalog.Relation;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.copy.CopyFormat;
import dev.boreal.queryprocessor.copy.CopyOptions;
import dev.boreal.queryprocessor.copy.CopyReader;
import dev.boreal.queryprocessor.copy.CopyWriter;
import dev.boreal.queryprocessor.execute.Execution;
import dev.boreal.queryprocessor.execute.ExpressionCompiler;
import dev.boreal.queryprocessor.execute.KeyBounds;
import dev.boreal.queryprocessor.execute.Operator;
import dev.boreal.queryprocessor.execute.PendingChecks;
import dev.boreal.queryprocessor.execute.TableScan;
import dev.boreal.queryprocessor.execute.TableWriter;
import dev.boreal.queryprocessor.expression.Scalar;
import dev.boreal.queryprocessor.plan.Plan;
import dev.boreal.queryprocessor.plan.Planner;
import dev.boreal.queryprocessor.syntax.tree.UtilityStatement;
import dev.boreal.queryprocessor.type.SqlType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** COPY FROM STDIN and TO STDOUT. */
final class CopyCommand {
    private final Session session;
    private final Statements statements;
    private final StatementPlanner planner;

    CopyCommand(Session session, Statements statements, StatementPlanner planner) {
        this.session = session;
        this.statements = statements;
        this.planner = planner;
    }

    void run(UtilityStatement.Copy copy) {
        if (copy.file() != null) {
            throw SqlException.notSupported(copy.program() ? "COPY with a program" : "COPY with a file on the server");
        }
        if (copy.where() != null) {
            throw SqlException.notSupported("COPY FROM with WHERE");
        }
        CopyOptions options = CopyOptions.of(copy.options(), copy.from());
        long rows = copy.from() ? from(copy, options) : to(copy, options);
        session.tags().complete("COPY " + rows);
    }

    private Relation relation(UtilityStatement.Copy copy) {
        return new CatalogNames(
                        session.transactions().current().catalog(),
                        session.context().searchPath())
                .relationOfQuery(java.util.Objects.requireNonNull(copy.table()));
    }

    private static List<Column> columns(Relation relation, List<String> names, boolean from) {
        List<Column> columns = new ArrayList<>();
        if (names.isEmpty()) {
            for (Column column : relation.columns()) {
                if (!column.dropped() && !column.generatedStored()) {
                    columns.add(column);
                }
            }
            return columns;
        }
        for (String name : names) {
            Column found = null;
            for (Column column : relation.columns()) {
                if (!column.dropped() && column.name().equals(name)) {
                    found = column;
                }
            }
            if (found == null) {
                throw new SqlException(
                        SqlState.UNDEFINED_COLUMN,
                        "column \"" + name + "\" of relation \"" + relation.name() + "\" does not exist");
            }
            if (columns.contains(found)) {
                throw new SqlException(SqlState.DUPLICATE_COLUMN, "column \"" + name + "\" specified more than once");
            }
            if (found.generatedStored() && from) {
                throw new SqlException(
                        SqlState.INVALID_COLUMN_REFERENCE, "column \"" + name + "\" is a generated column");
            }
            columns.add(found);
        }
        return columns;
    }

    // FROM ------------------------------------------------------------------------------------------------------

    private long from(UtilityStatement.Copy copy, CopyOptions options) {
        Relation relation = relation(copy);
        if (!(relation instanceof Table table)) {
            throw new SqlException(SqlState.WRONG_OBJECT_TYPE, "cannot copy to relation \"" + relation.name() + "\"");
        }
        if (session.transactions().readOnly()) {
            throw new SqlException(
                    SqlState.READ_ONLY_SQL_TRANSACTION, "cannot execute COPY FROM in a read-only transaction");
        }
        List<Column> columns = columns(table, copy.columns(), true);
        List<String> names = columns.stream().map(Column::name).toList();
        boolean binary = options.format() == CopyFormat.BINARY;
        short[] formats = new short[columns.size()];
        Arrays.fill(formats, (short) (binary ? 1 : 0));
        CopyReader reader = CopyReader.of(
                options,
                table.name(),
                names,
                options.forceNotNull().among(names, name -> table.findColumn(name) != null, table.name()),
                options.forceNull().among(names, name -> table.findColumn(name) != null, table.name()));
        ExpressionCompiler compiler = Planner.compiler(
                session.transactions().current().catalog(), session.context().searchPath());
        Loader loader = new Loader(table, columns, binary, reader, compiler);
        ResultSink.CopyIn input = session.sink().copyIn(binary, formats);
        for (byte[] piece = input.next(); piece != null; piece = input.next()) {
            if (!reader.finished()) {
                reader.feed(piece);
                loader.load();
            }
            session.context().checkCancelled();
        }
        reader.end();
        loader.load();
        return loader.finish();
    }

    /** Puts the reader's rows into the table. */
    private final class Loader {
        private final Column[] columns;
        private final SqlType[] types;
        private final boolean binary;
        private final CopyReader reader;
        private final TableWriter writer;
        private final Execution execution;
        private final PendingChecks pending = new PendingChecks();
        private final @Nullable Scalar[] defaults;
        private long rows;

        Loader(Table table, List<Column> columns, boolean binary, CopyReader reader, ExpressionCompiler compiler) {
            this.columns = columns.toArray(new Column[0]);
            this.binary = binary;
            this.reader = reader;
            types = columns.stream().map(Column::type).toArray(SqlType[]::new);
            writer = new TableWriter(table, session.transactions().current().catalog(), compiler);
            execution =
                    new Execution(session.context(), session.transactions().current(), Statements.NO_PARAMETERS, 0, 0);
            defaults = new Scalar[table.columns().size()];
            for (Column column : table.columns()) {
                if (!columns.contains(column) && !column.dropped()) {
                    defaults[column.field()] = compiler.columnDefault(table, column.field());
                }
            }
            writer.begin(session.transactions().current());
        }

        void load() {
            while (reader.next()) {
                row();
            }
        }

        private void row() {
            @Nullable Object[] row = new Object[defaults.length];
            int column = 0;
            try {
                for (; column < columns.length; column++) {
                    int length = reader.lengths()[column];
                    if (length == CopyReader.MISSING) {
                        throw reader.missingData(column);
                    }
                    if (length >= 0) {
                        row[columns[column].field()] = value(column, length);
                    }
                }
            } catch (SqlException e) {
                throw e.error().where() == null ? reader.located(e, column) : e;
            }
            for (int field = 0; field < defaults.length; field++) {
                Scalar value = defaults[field];
                if (value != null) {
                    row[field] = value.evaluate(Statements.NO_PARAMETERS, execution);
                }
            }
            try {
                writer.complete(row, execution);
                writer.insert(row, execution, pending);
            } catch (SqlException e) {
                throw e.error().where() == null ? reader.located(e) : e;
            }
            rows++;
        }

        private Object value(int column, int length) {
            SqlType type = types[column];
            int offset = reader.offsets()[column];
            Object value = binary
                    ? type.readBinary(reader.buffer(), offset, length, session.context())
                    : type.parse(reader.buffer(), offset, length, session.context());
            int modifier = columns[column].typeModifier();
            return modifier < 0 ? value : type.applyModifier(value, modifier, false);
        }

        long finish() {
            pending.run(execution);
            execution.close();
            return rows;
        }
    }

    // TO --------------------------------------------------------------------------------------------------------

    private long to(UtilityStatement.Copy copy, CopyOptions options) {
        List<String> names = new ArrayList<>();
        SqlType[] types;
        Operator source;
        Execution execution;
        if (copy.query() != null) {
            Plan plan = planner.plan(copy.query(), List.of());
            plan.columns().forEach(column -> names.add(column.name()));
            types = plan.columns().stream().map(Plan.OutputColumn::type).toArray(SqlType[]::new);
            source = plan.root();
            execution = statements.execution(plan, Statements.NO_PARAMETERS);
        } else {
            Relation relation = relation(copy);
            if (!(relation instanceof Table table)) {
                throw new SqlException(
                        SqlState.WRONG_OBJECT_TYPE, "cannot copy from relation \"" + relation.name() + "\"");
            }
            List<Column> columns = columns(table, copy.columns(), false);
            columns.forEach(column -> names.add(column.name()));
            types = columns.stream().map(Column::type).toArray(SqlType[]::new);
            int[] fields = columns.stream().mapToInt(Column::field).toArray();
            source = new TableScan(table, KeyBounds.ALL, null, "", fields, false, false, null);
            execution =
                    new Execution(session.context(), session.transactions().current(), Statements.NO_PARAMETERS, 0, 0);
        }
        return send(copy, options, names, types, source, execution);
    }

    private long send(
            UtilityStatement.Copy copy,
            CopyOptions options,
            List<String> names,
            SqlType[] types,
            Operator source,
            Execution execution) {
        String relation = copy.table() == null ? "" : copy.table().name();
        CopyWriter writer = CopyWriter.of(
                options, names, types, options.forceQuote().among(names, names::contains, relation), session.context());
        ResultSink sink = session.sink();
        boolean binary = options.format() == CopyFormat.BINARY;
        short[] formats = new short[types.length];
        Arrays.fill(formats, (short) (binary ? 1 : 0));
        long rows = 0;
        try (execution;
                Operator.Cursor cursor = execution.open(source)) {
            sink.copyOut(binary, formats);
            writer.begin();
            emit(writer, sink);
            for (@Nullable Object[] row = cursor.next(); row != null; row = cursor.next()) {
                writer.row(row);
                emit(writer, sink);
                rows++;
            }
            writer.finish();
            emit(writer, sink);
            sink.copyDone();
        }
        return rows;
    }

    private static void emit(CopyWriter writer, ResultSink sink) {
        if (writer.length() > 0) {
            sink.copyData(writer.buffer(), 0, writer.length());
        }
    }
}
