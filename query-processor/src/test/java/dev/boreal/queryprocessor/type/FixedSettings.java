package dev.boreal.queryprocessor.type;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Settings of a session that never changes: PostgreSQL's defaults, with one of them perhaps set otherwise. */
final class FixedSettings implements TypeContext {
    /** 2026-01-02 03:04:05.678901 UTC. */
    static final long NOW = 820_551_845_678_901L;

    private ZoneId timeZone = ZoneOffset.UTC;
    private DateStyle dateStyle = DateStyle.ISO;
    private DateOrder dateOrder = DateOrder.MDY;
    private IntervalStyle intervalStyle = IntervalStyle.POSTGRES;
    private int extraFloatDigits = 1;
    private boolean byteaHex = true;

    static FixedSettings defaults() {
        return new FixedSettings();
    }

    /** {@code name=value} as SET would take it; {@code -} for none. */
    static FixedSettings with(String setting) {
        FixedSettings settings = new FixedSettings();
        if (!setting.equals("-")) {
            String name = setting.substring(0, setting.indexOf('='));
            String value = setting.substring(setting.indexOf('=') + 1);
            switch (name) {
                case "TimeZone" -> settings.timeZone = Objects.requireNonNull(TimeZones.find(value));
                case "extra_float_digits" -> settings.extraFloatDigits = Integer.parseInt(value);
                case "bytea_output" -> settings.byteaHex = value.equals("hex");
                case "IntervalStyle" -> settings.intervalStyle = IntervalStyle.valueOf(value.toUpperCase(Locale.ROOT));
                case "DateStyle" -> {
                    int comma = value.indexOf(',');
                    settings.dateStyle =
                            DateStyle.valueOf(value.substring(0, comma).toUpperCase(Locale.ROOT));
                    settings.dateOrder = DateOrder.valueOf(value.substring(comma + 2));
                }
                default -> throw new IllegalArgumentException(setting);
            }
        }
        return settings;
    }

    @Override
    public ZoneId timeZone() {
        return timeZone;
    }

    @Override
    public String timeZoneName() {
        return timeZone.toString();
    }

    @Override
    public DateStyle dateStyle() {
        return dateStyle;
    }

    @Override
    public DateOrder dateOrder() {
        return dateOrder;
    }

    @Override
    public IntervalStyle intervalStyle() {
        return intervalStyle;
    }

    @Override
    public int extraFloatDigits() {
        return extraFloatDigits;
    }

    @Override
    public boolean byteaHex() {
        return byteaHex;
    }

    @Override
    public long transactionTimestampMicros() {
        return NOW;
    }

    @Override
    public ObjectNames names() {
        return new ObjectNames() {
            @Override
            public @Nullable String nameOf(Kind kind, int oid) {
                return oid == 16384 ? "orders" : null;
            }

            @Override
            public int oidOf(Kind kind, String name) {
                return name.equals("orders") ? 16384 : 0;
            }

            @Override
            public @Nullable Integer findOid(Kind kind, String name) {
                return name.equals("orders") ? 16384 : null;
            }
        };
    }
}
