package dev.boreal.queryprocessor.session;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.execute.Execution;
import dev.boreal.queryprocessor.execute.PlanPrinter;
import dev.boreal.queryprocessor.execute.Profile;
import dev.boreal.queryprocessor.plan.Plan;
import dev.boreal.queryprocessor.plan.Plan.OutputColumn;
import dev.boreal.queryprocessor.syntax.tree.Option;
import dev.boreal.queryprocessor.syntax.tree.PreparableStatement;
import dev.boreal.queryprocessor.syntax.tree.UtilityStatement;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** EXPLAIN. */
final class ExplainCommand {
    private final Session session;
    private final Statements statements;
    private final StatementPlanner planner;

    private record Options(boolean analyze, boolean timing, boolean summary, boolean json) {}

    ExplainCommand(Session session, Statements statements, StatementPlanner planner) {
        this.session = session;
        this.statements = statements;
        this.planner = planner;
    }

    private static Options read(List<Option> written) {
        boolean analyze = false;
        boolean json = false;
        Boolean timing = null;
        Boolean summary = null;
        for (Option option : written) {
            String name = option.name().toLowerCase(Locale.ROOT);
            switch (name) {
                case "analyze" -> analyze = isOn(option);
                case "timing" -> timing = isOn(option);
                case "summary" -> summary = isOn(option);
                case "verbose", "costs", "buffers", "settings", "wal" -> isOn(option);
                case "format" -> json = json(String.valueOf(option.text()));
                default ->
                    throw new SqlException(SqlState.SYNTAX_ERROR, "unrecognized EXPLAIN option \"" + name + "\"");
            }
        }
        return new Options(analyze, analyze && (timing == null || timing), summary == null ? analyze : summary, json);
    }

    private static boolean isOn(Option option) {
        String text = option.text();
        Boolean value = text == null ? Boolean.TRUE : SettingValues.parseBoolean(text);
        if (value == null) {
            throw new SqlException(SqlState.SYNTAX_ERROR, option.name() + " requires a Boolean value");
        }
        return value;
    }

    private static boolean json(String format) {
        return switch (format.toLowerCase(Locale.ROOT)) {
            case "text" -> false;
            case "json" -> true;
            case "xml", "yaml" ->
                throw SqlException.notSupported("EXPLAIN (FORMAT " + format.toUpperCase(Locale.ROOT) + ")");
            default ->
                throw new SqlException(
                        SqlState.INVALID_PARAMETER_VALUE,
                        "unrecognized value for EXPLAIN option \"format\": \"" + format + "\"");
        };
    }

    void run(UtilityStatement.Explain explain, boolean describe) {
        Options options = read(explain.options());
        if (!(explain.statement() instanceof PreparableStatement statement)) {
            throw SqlException.notSupported("EXPLAIN " + explain.statement().commandTag());
        }
        long planning = System.nanoTime();
        Plan plan = planner.plan(statement, List.of());
        planning = System.nanoTime() - planning;
        Profile profile = null;
        PlanPrinter.Times times = null;
        if (options.analyze()) {
            profile = new Profile(
                    System::nanoTime, session.transactions().current().counters());
            long running = measure(plan, profile);
            times = options.summary() ? new PlanPrinter.Times(planning, running) : null;
        }
        PlanPrinter printer = new PlanPrinter(profile, options.timing());
        OutputColumn column = options.json()
                ? new OutputColumn("QUERY PLAN", TypeRegistry.JSON, -1, 0, 0)
                : Statements.textColumn("QUERY PLAN");
        if (describe) {
            session.sink().rowDescription(RowOutput.describe(List.of(column), Statements.ALL_TEXT));
        }
        List<String> lines =
                options.json() ? List.of(printer.json(plan.root(), times)) : printer.text(plan.root(), times);
        for (String line : lines) {
            @Nullable Object[] row = {line};
            RowOutput.row(row, List.of(column), Statements.ALL_TEXT, session.sink(), session.context());
        }
        session.tags().complete("EXPLAIN");
    }

    /** Runs the plan, throws its rows away, and gives the nanoseconds it took. */
    private long measure(Plan plan, Profile profile) {
        long from = System.nanoTime();
        try (Execution execution = statements.execution(plan, Statements.NO_PARAMETERS)) {
            execution.measure(profile);
            try (var cursor = execution.open(plan.root())) {
                while (cursor.next() != null) {
                    session.context().checkCancelled();
                }
            }
        }
        return System.nanoTime() - from;
    }
}
