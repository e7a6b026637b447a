package dev.boreal.queryprocessor.function.system;

import static dev.boreal.queryprocessor.function.Arguments.any;

import dev.boreal.queryprocessor.function.Bindings;
import dev.boreal.queryprocessor.function.EvaluationContext;
import dev.boreal.queryprocessor.function.FunctionProvider;
import dev.boreal.queryprocessor.syntax.KeywordList;
import dev.boreal.queryprocessor.type.Interval;
import dev.boreal.queryprocessor.type.SqlArray;
import dev.boreal.queryprocessor.type.SqlType;
import dev.boreal.queryprocessor.type.TimeZones;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the server knows: when it started, its keywords, its time zones. */
public final class ServerFunctions implements FunctionProvider {
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long EPOCH_SECONDS = 10_957 * 86_400L;

    @Override
    public void register(Bindings bindings) {
        bindings.scalar("pg_postmaster_start_time(), pg_conf_load_time()", (c, a) -> c.serverStartMicros())
                .scalar("oidvectortypes(oidvector)", (c, a) -> typeNames((SqlArray) any(a, 0)))
                .table("pg_get_keywords()", (c, a) -> keywords().iterator())
                .table("pg_timezone_names()", (c, a) -> zones(c).iterator());
    }

    private static String typeNames(SqlArray oids) {
        StringBuilder names = new StringBuilder();
        for (Object oid : oids.elements()) {
            SqlType type = oid == null ? null : TypeRegistry.find((Integer) oid);
            names.append(names.isEmpty() ? "" : ", ").append(type == null ? "???" : type.formatName(-1));
        }
        return names.toString();
    }

    private static List<@Nullable Object[]> keywords() {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (KeywordList.Keyword keyword : KeywordList.keywords()) {
            rows.add(new @Nullable Object[] {
                keyword.word(),
                String.valueOf(keyword.category()),
                keyword.bareLabel(),
                description(keyword.category()),
                keyword.bareLabel() ? "can be bare label" : "requires AS"
            });
        }
        return rows;
    }

    private static String description(char category) {
        return switch (category) {
            case 'C' -> "unreserved (cannot be function or type name)";
            case 'T' -> "reserved (can be function or type name)";
            case 'R' -> "reserved";
            default -> "unreserved";
        };
    }

    /** As they are at the start of the transaction. */
    private static List<@Nullable Object[]> zones(EvaluationContext context) {
        long micros = context.transactionTimestampMicros();
        Instant now = Instant.ofEpochSecond(Math.floorDiv(micros, MICROS_PER_SECOND) + EPOCH_SECONDS);
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (String name : TimeZones.names()) {
            ZoneId zone = TimeZones.find(name);
            if (zone != null) {
                int offset = TimeZones.offsetAt(zone, micros);
                rows.add(new @Nullable Object[] {
                    name,
                    TimeZones.abbreviation(zone, micros),
                    new Interval(0, 0, offset * MICROS_PER_SECOND),
                    zone.getRules().isDaylightSavings(now)
                });
            }
        }
        return rows;
    }
}
