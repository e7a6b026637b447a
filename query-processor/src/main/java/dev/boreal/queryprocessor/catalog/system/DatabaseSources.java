package dev.boreal.queryprocessor.catalog.system;

import dev.boreal.queryprocessor.catalog.CatalogStore;
import dev.boreal.queryprocessor.catalog.Role;
import dev.boreal.queryprocessor.function.EvaluationContext;
import dev.boreal.queryprocessor.type.Interval;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.time.zone.ZoneRules;
import java.util.Locale;
import java.util.Map;

/** pg_database, pg_tablespace, pg_timezone_names. */
final class DatabaseSources {
    private static final int UTF8 = 6;
    private static final int DEFAULT_TABLESPACE = 1663;
    private static final int GLOBAL_TABLESPACE = 1664;
    /** Seconds from the Unix epoch to 2000-01-01. */
    private static final long EPOCH_SECONDS = 946_684_800L;

    private static final long MICROS = 1_000_000L;

    private DatabaseSources() {}

    static void addTo(Map<String, RowSource> sources) {
        sources.put("pg_catalog.pg_database", DatabaseSources::databases);
        sources.put("pg_catalog.pg_tablespace", DatabaseSources::tablespaces);
        sources.put("pg_catalog.pg_timezone_names", DatabaseSources::timeZones);
    }

    private static void databases(EvaluationContext context, Sheet sheet) {
        sheet.row()
                .set("oid", CatalogStore.DATABASE_OID)
                .set("datname", CatalogStore.DATABASE_NAME)
                .set("datdba", Role.BOOTSTRAP)
                .set("encoding", UTF8)
                .set("datlocprovider", "c")
                .set("datallowconn", true)
                .set("datconnlimit", -1)
                .set("dattablespace", DEFAULT_TABLESPACE)
                .set("datcollate", "C")
                .set("datctype", "C.UTF-8");
    }

    private static void tablespaces(EvaluationContext context, Sheet sheet) {
        tablespace(DEFAULT_TABLESPACE, "pg_default", sheet);
        tablespace(GLOBAL_TABLESPACE, "pg_global", sheet);
    }

    private static void tablespace(int oid, String name, Sheet sheet) {
        sheet.row().set("oid", oid).set("spcname", name).set("spcowner", Role.BOOTSTRAP);
    }

    private static void timeZones(EvaluationContext context, Sheet sheet) {
        Instant now = Instant.ofEpochSecond(EPOCH_SECONDS + context.transactionTimestampMicros() / MICROS);
        for (String id : ZoneId.getAvailableZoneIds().stream().sorted().toList()) {
            ZoneId zone = ZoneId.of(id);
            ZoneRules rules = zone.getRules();
            sheet.row()
                    .set("name", id)
                    .set("abbrev", zone.getDisplayName(TextStyle.SHORT, Locale.ROOT))
                    .set("utc_offset", new Interval(0, 0, rules.getOffset(now).getTotalSeconds() * MICROS))
                    .set("is_dst", rules.isDaylightSavings(now));
        }
    }
}
