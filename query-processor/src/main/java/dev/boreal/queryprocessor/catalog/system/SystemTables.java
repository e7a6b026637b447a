package dev.boreal.queryprocessor.catalog.system;

import dev.boreal.queryprocessor.catalog.Column;
import dev.boreal.queryprocessor.catalog.Role;
import dev.boreal.queryprocessor.catalog.Schema;
import dev.boreal.queryprocessor.catalog.SystemTable;
import dev.boreal.queryprocessor.type.SqlType;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All tables of pg_catalog and information_schema, laid out as {@code relations.txt} says. */
public final class SystemTables {
    private static final Set<Integer> VIEWS = new HashSet<>();

    private SystemTables() {}

    /** The tables in no order; immutable, for all sessions. */
    public static List<SystemTable> all(SessionSource sessions) {
        Map<String, RowSource> sources = sources(sessions);
        List<SystemTable> tables = new ArrayList<>();
        for (String line : ResourceLines.read("relations.txt")) {
            String[] parts = line.split(" ", 5);
            SystemTable table = table(parts, sources.remove(parts[1] + "." + parts[2]));
            if (parts[3].equals("v")) {
                VIEWS.add(table.oid());
            }
            tables.add(table);
        }
        if (!sources.isEmpty()) {
            throw new IllegalStateException("sources without a table: " + sources.keySet());
        }
        return List.copyOf(tables);
    }

    /** Whether PostgreSQL has the system relation as a view. */
    static boolean isView(SystemTable table) {
        return VIEWS.contains(table.oid());
    }

    private static SystemTable table(String[] parts, @org.jspecify.annotations.Nullable RowSource source) {
        List<Column> columns = new ArrayList<>();
        for (String definition : parts[4].split(",", -1)) {
            columns.add(column(columns.size() + 1, definition));
        }
        RowSource rows = source == null ? (context, sheet) -> {} : source;
        return new SystemTable(
                Integer.parseInt(parts[0]),
                parts[2],
                parts[1].equals("pg_catalog") ? Schema.PG_CATALOG : Schema.INFORMATION_SCHEMA,
                Role.BOOTSTRAP,
                columns,
                context -> {
                    Sheet sheet = new Sheet(columns);
                    rows.fill(context, sheet);
                    return sheet.iterator();
                });
    }

    private static Column column(int number, String definition) {
        boolean notNull = definition.endsWith("!");
        int space = definition.lastIndexOf(' ');
        String type = definition.substring(space + 1, definition.length() - (notNull ? 1 : 0));
        return Column.of(number, definition.substring(0, space), type(type), -1).withNotNull(notNull);
    }

    /** Columns of types that Boreal lacks have no values; they are shown as text. */
    private static SqlType type(String name) {
        SqlType type = TypeRegistry.findByName(name);
        if (type == null && name.startsWith("_")) {
            SqlType element = TypeRegistry.findByName(name.substring(1));
            type = element == null ? TypeRegistry.TEXT_ARRAY : TypeRegistry.findArrayOf(element);
        }
        return type == null ? TypeRegistry.TEXT : type;
    }

    private static Map<String, RowSource> sources(SessionSource sessions) {
        Map<String, RowSource> sources = new HashMap<>();
        RelationSources.addTo(sources);
        IndexSources.addTo(sources);
        DependencySources.addTo(sources);
        TypeSources.addTo(sources);
        FunctionSources.addTo(sources);
        OperatorSources.addTo(sources);
        DatabaseSources.addTo(sources);
        RoleSources.addTo(sources);
        ListingSources.addTo(sources, sessions);
        StatisticsSources.addTo(sources);
        SessionSources.addTo(sources, sessions);
        InformationSchemaSources.addTo(sources);
        InformationSchemaConstraints.addTo(sources);
        return sources;
    }
}
