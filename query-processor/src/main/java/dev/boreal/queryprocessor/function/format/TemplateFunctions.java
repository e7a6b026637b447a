package dev.boreal.queryprocessor.function.format;

import static dev.boreal.queryprocessor.function.Arguments.any;
import static dev.boreal.queryprocessor.function.Arguments.bigint;
import static dev.boreal.queryprocessor.function.Arguments.integer;
import static dev.boreal.queryprocessor.function.Arguments.numeric;
import static dev.boreal.queryprocessor.function.Arguments.text;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.function.Bindings;
import dev.boreal.queryprocessor.function.EvaluationContext;
import dev.boreal.queryprocessor.function.FunctionProvider;
import dev.boreal.queryprocessor.function.format.MomentFields.Resolved;
import dev.boreal.queryprocessor.function.time.ZonedMoments;
import dev.boreal.queryprocessor.type.Interval;
import dev.boreal.queryprocessor.type.JulianDay;
import dev.boreal.queryprocessor.type.Numeric;
import dev.boreal.queryprocessor.type.TimeZones;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.math.BigDecimal;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code to_char}, {@code to_number}, {@code to_date} and {@code to_timestamp}. */
public final class TemplateFunctions implements FunctionProvider {
    private static final long MICROS_PER_SECOND = 1_000_000;
    /** The scale of a power of ten with a negative exponent. */
    private static final int POWER_SCALE = 16;

    /** The template of the last call: nearly always that of the next one. Any thread may replace it. */
    private static final class LastTemplate<T> {
        private final Function<String, T> parser;
        private volatile @Nullable Entry<T> last;

        private record Entry<T>(String text, T template) {}

        LastTemplate(Function<String, T> parser) {
            this.parser = parser;
        }

        T of(String text) {
            Entry<T> entry = last;
            if (entry == null || !entry.text().equals(text)) {
                entry = new Entry<>(text, parser.apply(text));
                last = entry;
            }
            return entry.template();
        }
    }

    private final LastTemplate<NumberTemplate> numbers = new LastTemplate<>(NumberTemplate::parse);
    private final LastTemplate<Template<MomentKeyword>> moments =
            new LastTemplate<>(text -> TemplateParser.parse(text, MomentKeyword.values(), true));

    @Override
    public void register(Bindings bindings) {
        bindings.scalar("to_char(int4,text)", (c, a) -> {
                    NumberTemplate template = numbers.of(text(a, 1));
                    return NumberPrinter.print(template, NumberDigits.ofInteger(template, integer(a, 0)));
                })
                .scalar("to_char(int8,text)", (c, a) -> {
                    NumberTemplate template = numbers.of(text(a, 1));
                    return NumberPrinter.print(template, NumberDigits.ofBigint(template, bigint(a, 0)));
                })
                .scalar("to_char(numeric,text)", (c, a) -> {
                    NumberTemplate template = numbers.of(text(a, 1));
                    return NumberPrinter.print(template, NumberDigits.ofNumeric(template, numeric(a, 0)));
                })
                .scalar("to_char(float4,text)", (c, a) -> {
                    NumberTemplate template = numbers.of(text(a, 1));
                    return NumberPrinter.print(template, NumberDigits.ofReal(template, (Float) any(a, 0)));
                })
                .scalar("to_char(float8,text)", (c, a) -> {
                    NumberTemplate template = numbers.of(text(a, 1));
                    return NumberPrinter.print(template, NumberDigits.ofDouble(template, (Double) any(a, 0)));
                })
                .scalar("to_number(text,text)", (c, a) -> toNumber(c, text(a, 0), text(a, 1)));
        bindings.scalar("to_char(timestamp,text)", (c, a) -> print(text(a, 1), bigint(a, 0), null))
                .scalar("to_char(timestamptz,text)", (c, a) -> print(text(a, 1), bigint(a, 0), c))
                .scalar("to_char(interval,text)", (c, a) -> {
                    String template = text(a, 1);
                    return template.isEmpty()
                            ? null
                            : MomentPrinter.print(moments.of(template), Moment.of((Interval) any(a, 0)));
                })
                .scalar("to_date(text,text)", (c, a) -> toDate(text(a, 0), text(a, 1)))
                .scalar("to_timestamp(text,text)", (c, a) -> toTimestamp(c, text(a, 0), text(a, 1)));
    }

    private @Nullable String print(String template, long micros, @Nullable EvaluationContext zoned) {
        if (template.isEmpty() || micros == Long.MAX_VALUE || micros == Long.MIN_VALUE) {
            return null;
        }
        Moment moment = zoned == null ? Moment.ofLocal(micros) : Moment.ofZoned(micros, zoned.timeZone());
        return MomentPrinter.print(moments.of(template), moment);
    }

    private @Nullable Numeric toNumber(EvaluationContext context, String text, String format) {
        if (format.isEmpty()) {
            return null;
        }
        NumberTemplate template = numbers.of(format);
        NumberReader.Found found = NumberReader.read(template, text);
        int precision = template.integerDigits + template.shiftDigits + found.fractionDigits();
        Numeric parsed = (Numeric) TypeRegistry.NUMERIC.parse(found.text(), context);
        Numeric value = (Numeric) TypeRegistry.NUMERIC.applyModifier(
                parsed, (precision << 16 | found.fractionDigits()) + Integer.BYTES, false);
        return template.isShifted
                ? value.multiply(Numeric.of(BigDecimal.ONE
                        .movePointLeft(template.shiftDigits)
                        .setScale(Math.max(POWER_SCALE, template.shiftDigits))))
                : value;
    }

    private Integer toDate(String text, String template) {
        Resolved found = MomentReader.read(moments.of(template), text).resolve(text);
        return dayOf(found, "date out of range: \"" + text + "\"");
    }

    private static int dayOf(Resolved found, String message) {
        if (!JulianDay.isValid(found.year(), found.month(), found.day())) {
            throw new SqlException(SqlState.DATETIME_FIELD_OVERFLOW, message);
        }
        return JulianDay.of(found.year(), found.month(), found.day()) - JulianDay.POSTGRES_EPOCH;
    }

    private Long toTimestamp(EvaluationContext context, String text, String template) {
        MomentFields fields = MomentReader.read(moments.of(template), text);
        Resolved found = fields.resolve(text);
        long local = ZonedMoments.ofLocalDay(dayOf(found, "timestamp out of range"), found.micros());
        long micros = ZonedMoments.check(local - offset(context, fields, local) * MICROS_PER_SECOND);
        return fields.precision == 0
                ? Long.valueOf(micros)
                : (Long) TypeRegistry.TIMESTAMPTZ.applyModifier(micros, fields.precision, false);
    }

    private static int offset(EvaluationContext context, MomentFields fields, long local) {
        if (fields.zoneSign == 0) {
            return TimeZones.offsetOfLocal(context.timeZone(), local);
        }
        return fields.zoneSign * (fields.zoneHours * 60 + fields.zoneMinutes) * 60;
    }
}
