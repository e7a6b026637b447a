package dev.boreal.queryprocessor.catalog;

/** The parts of a table's row: indexes, constraints, statistics. */
final class TablePartCodec {
    private static final int UNIQUE = 1;
    private static final int CHECK = 2;
    private static final int FOREIGN_KEY = 3;

    void write(Index index, RowWriter out) {
        out.writeInt(index.oid());
        out.writeText(index.name());
        out.writeInt(index.storageId());
        out.writeFlag(index.primary());
        out.writeFlag(index.unique());
        out.writeFlag(index.nullsNotDistinct());
        out.writeList(index.columns(), column -> {
            out.writeInt(column.columnNumber());
            out.writeOptionalText(column.expressionSql());
            out.writeFlag(column.descending());
            out.writeFlag(column.nullsFirst());
        });
        out.writeInts(index.includedColumns());
        out.writeOptionalText(index.predicateSql());
        out.writeEnum(index.state());
        out.writeOptionalText(index.comment());
    }

    Index readIndex(RowReader in) {
        return new Index(
                in.readInt(),
                in.readText(),
                in.readInt(),
                in.readFlag(),
                in.readFlag(),
                in.readFlag(),
                in.readList(
                        () -> new Index.IndexColumn(in.readInt(), in.readOptionalText(), in.readFlag(), in.readFlag())),
                in.readInts(),
                in.readOptionalText(),
                in.readEnum(Index.State.values()),
                in.readOptionalText());
    }

    void write(Constraint constraint, RowWriter out) {
        switch (constraint) {
            case Constraint.Unique unique -> {
                writeHead(UNIQUE, unique, out);
                out.writeInt(unique.indexOid());
                out.writeFlag(unique.primary());
                out.writeFlag(unique.deferrable());
                out.writeFlag(unique.initiallyDeferred());
            }
            case Constraint.Check check -> {
                writeHead(CHECK, check, out);
                out.writeText(check.conditionSql());
                out.writeFlag(check.validated());
            }
            case Constraint.ForeignKey key -> {
                writeHead(FOREIGN_KEY, key, out);
                out.writeInts(key.columns());
                out.writeInt(key.referencedTable());
                out.writeInt(key.referencedIndex());
                out.writeInts(key.referencedColumns());
                out.writeEnum(key.onUpdate());
                out.writeEnum(key.onDelete());
                out.writeFlag(key.matchFull());
                out.writeFlag(key.deferrable());
                out.writeFlag(key.initiallyDeferred());
                out.writeFlag(key.validated());
                out.writeOptionalList(key.setColumns(), out::writeInt);
            }
        }
    }

    private static void writeHead(int kind, Constraint constraint, RowWriter out) {
        out.writeByte(kind);
        out.writeInt(constraint.oid());
        out.writeText(constraint.name());
    }

    Constraint readConstraint(RowReader in) {
        int kind = in.readByte();
        int oid = in.readInt();
        String name = in.readText();
        return switch (kind) {
            case UNIQUE -> new Constraint.Unique(oid, name, in.readInt(), in.readFlag(), in.readFlag(), in.readFlag());
            case CHECK -> new Constraint.Check(oid, name, in.readText(), in.readFlag());
            case FOREIGN_KEY ->
                new Constraint.ForeignKey(
                        oid,
                        name,
                        in.readInts(),
                        in.readInt(),
                        in.readInt(),
                        in.readInts(),
                        in.readEnum(Constraint.ForeignKey.Action.values()),
                        in.readEnum(Constraint.ForeignKey.Action.values()),
                        in.readFlag(),
                        in.readFlag(),
                        in.readFlag(),
                        in.readFlag(),
                        in.readOptionalList(in::readInt));
            default -> throw new IllegalArgumentException("unknown kind of constraint " + kind);
        };
    }

    void write(Statistics statistics, RowWriter out) {
        out.writeLong(statistics.rows());
        out.writeLong(statistics.bytes());
        out.writeLong(statistics.analyzedAtMicros());
        out.writeList(statistics.columns(), column -> {
            out.writeInt(column.columnNumber());
            out.writeDouble(column.nullFraction());
            out.writeDouble(column.distinct());
            out.writeInt(column.averageWidth());
            out.writeOptionalList(column.mostCommonValues(), out::writeText);
            out.writeOptionalList(column.mostCommonFrequencies(), out::writeDouble);
            out.writeOptionalList(column.histogram(), out::writeText);
        });
    }

    Statistics readStatistics(RowReader in) {
        return new Statistics(
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readList(() -> new Statistics.ColumnStatistics(
                        in.readInt(),
                        in.readDouble(),
                        in.readDouble(),
                        in.readInt(),
                        in.readOptionalList(in::readText),
                        in.readOptionalList(in::readDouble),
                        in.readOptionalList(in::readText))));
    }
}
