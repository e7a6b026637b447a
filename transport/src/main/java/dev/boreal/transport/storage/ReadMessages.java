package dev.boreal.transport.storage;

import com.google.protobuf.ByteString;
import dev.boreal.contracts.read.ReadRefused;
import dev.boreal.contracts.read.RowBatch;
import dev.boreal.contracts.read.ScanRequest;
import dev.boreal.contracts.row.Predicate;
import dev.boreal.contracts.wire.Compare;
import dev.boreal.contracts.wire.Projection;
import dev.boreal.contracts.wire.ReadRefusal;
import dev.boreal.contracts.wire.RowPredicate;
import dev.boreal.contracts.wire.RowPredicates;
import dev.boreal.contracts.wire.Rows;
import dev.boreal.contracts.wire.Scan;
import dev.boreal.contracts.wire.ScanRows;
import dev.boreal.transport.WireValues;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is asked of storage and answered, as it travels. What cannot be read throws IllegalArgumentException. */
final class ReadMessages {
    private static final Predicate.Operator[] OPERATORS = Predicate.Operator.values();

    private ReadMessages() {}

    static Scan write(ScanRequest request) {
        Scan.Builder scan = Scan.newBuilder()
                .setAsOf(request.asOf())
                .setRange(WireValues.range(request.range()))
                .setReverse(request.reverse())
                .setWithKeys(request.withKeys())
                .setLimit(request.limit());
        Predicate filter = request.filter();
        if (filter != null) {
            scan.setFilter(write(filter));
        }
        int[] projection = request.projection();
        if (projection != null) {
            Projection.Builder fields = Projection.newBuilder();
            for (int field : projection) {
                fields.addFields(field);
            }
            scan.setProjection(fields);
        }
        return scan.build();
    }

    static ScanRequest read(Scan scan) {
        return new ScanRequest(
                scan.getAsOf(),
                WireValues.range(scan.getRange()),
                scan.getReverse(),
                scan.hasFilter() ? read(scan.getFilter()) : null,
                scan.hasProjection() ? fields(scan.getProjection()) : null,
                scan.getWithKeys(),
                scan.getLimit());
    }

    private static int[] fields(Projection projection) {
        int[] fields = new int[projection.getFieldsCount()];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = projection.getFields(i);
        }
        return fields;
    }

    private static RowPredicate write(Predicate predicate) {
        RowPredicate.Builder message = RowPredicate.newBuilder();
        switch (predicate) {
            case Predicate.Compare compare ->
                message.setCompare(Compare.newBuilder()
                        .setField(compare.field())
                        .setOperatorValue(compare.operator().ordinal())
                        .setOperand(WireValues.bytes(compare.operand())));
            case Predicate.IsNull isNull -> message.setIsNull(isNull.field());
            case Predicate.IsNotNull isNotNull -> message.setIsNotNull(isNotNull.field());
            case Predicate.And and -> message.setAnd(write(and.parts()));
            case Predicate.Or or -> message.setOr(write(or.parts()));
        }
        return message.build();
    }

    private static RowPredicates write(List<Predicate> parts) {
        RowPredicates.Builder message = RowPredicates.newBuilder();
        for (Predicate part : parts) {
            message.addParts(write(part));
        }
        return message.build();
    }

    private static Predicate read(RowPredicate predicate) {
        return switch (predicate.getPredicateCase()) {
            case COMPARE -> {
                Compare compare = predicate.getCompare();
                int operator = compare.getOperatorValue();
                if (operator < 0 || operator >= OPERATORS.length) {
                    throw new IllegalArgumentException("there is no operator " + operator);
                }
                yield new Predicate.Compare(
                        compare.getField(),
                        OPERATORS[operator],
                        compare.getOperand().toByteArray());
            }
            case IS_NULL -> new Predicate.IsNull(predicate.getIsNull());
            case IS_NOT_NULL -> new Predicate.IsNotNull(predicate.getIsNotNull());
            case AND -> new Predicate.And(read(predicate.getAnd()));
            case OR -> new Predicate.Or(read(predicate.getOr()));
            case PREDICATE_NOT_SET -> throw new IllegalArgumentException("an unknown kind of condition");
        };
    }

    private static List<Predicate> read(RowPredicates predicates) {
        List<Predicate> parts = new ArrayList<>(predicates.getPartsCount());
        for (RowPredicate part : predicates.getPartsList()) {
            parts.add(read(part));
        }
        return parts;
    }

    static Rows write(byte[] @Nullable [] values) {
        Rows.Builder rows = Rows.newBuilder();
        ByteString.Output data = ByteString.newOutput(Math.max(64, 128 * values.length));
        for (byte[] value : values) {
            if (value == null) {
                rows.addLengths(0);
            } else {
                rows.addLengths(value.length + 1);
                data.write(value, 0, value.length);
            }
        }
        return rows.setValues(data.toByteString()).build();
    }

    static byte[] @Nullable [] read(Rows rows, int expected) {
        if (rows.getLengthsCount() != expected) {
            throw new IllegalArgumentException(
                    expected + " keys were asked for, " + rows.getLengthsCount() + " are answered");
        }
        byte[] @Nullable [] values = new byte[expected][];
        int at = 0;
        for (int i = 0; i < expected; i++) {
            int length = rows.getLengths(i) - 1;
            if (length >= 0) {
                values[i] = rows.getValues().substring(at, at + length).toByteArray();
                at += length;
            }
        }
        return values;
    }

    static ScanRows.Builder write(RowBatch batch) {
        ScanRows.Builder rows = ScanRows.newBuilder().setData(ByteString.copyFrom(batch.data(), 0, batch.bytes()));
        for (int row = 0; row < batch.rows(); row++) {
            rows.addLengths(batch.keyLength(row)).addLengths(batch.valueLength(row));
        }
        return rows;
    }

    static void read(ScanRows rows, RowBatch batch) {
        byte[] data = rows.getData().toByteArray();
        int at = 0;
        for (int i = 0; i + 1 < rows.getLengthsCount(); i += 2) {
            int key = rows.getLengths(i);
            int value = rows.getLengths(i + 1);
            if (key < 0 || value < 0 || value > data.length - key - at) {
                throw new IllegalArgumentException("a batch of rows is cut short");
            }
            batch.add(data, at, key, data, at + key, value);
            at += key + value;
        }
    }

    static ReadRefusal write(ReadRefused refused) {
        return ReadRefusal.newBuilder()
                .setReason(refused.reason().name())
                .setMessage(String.valueOf(refused.getMessage()))
                .build();
    }

    static ReadRefused read(ReadRefusal refusal) {
        return new ReadRefused(ReadRefused.Reason.valueOf(refusal.getReason()), refusal.getMessage());
    }
}
