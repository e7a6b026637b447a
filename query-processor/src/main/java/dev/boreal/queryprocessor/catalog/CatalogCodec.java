package dev.boreal.queryprocessor.catalog;

import dev.boreal.contracts.sql.Credential;
import dev.boreal.queryprocessor.type.SqlType;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The rows of the catalog as bytes. The first byte is the version of the layout, the second the kind of thing. Types
 * stand as their oids. A new field goes to the end of its part under a new version, so that older rows stay readable.
 */
final class CatalogCodec {
    private static final int VERSION = 1;
    private static final int TABLE = 1;
    private static final int VIEW = 2;
    private static final int SEQUENCE = 3;
    private static final int SCHEMA = 4;
    private static final int ROLE = 5;

    private final IntFunction<@Nullable SqlType> types;
    private final TablePartCodec parts;

    /** @param types the type of an oid, null if there is none */
    CatalogCodec(IntFunction<@Nullable SqlType> types) {
        this.types = types;
        this.parts = new TablePartCodec();
    }

    byte[] encode(Schema schema) {
        RowWriter out = begin(SCHEMA);
        out.writeInt(schema.oid());
        out.writeText(schema.name());
        out.writeInt(schema.ownerOid());
        out.writeOptionalText(schema.comment());
        return out.toByteArray();
    }

    Schema decodeSchema(byte[] row) {
        RowReader in = new RowReader(row);
        expect(in, SCHEMA);
        return new Schema(in.readInt(), in.readText(), in.readInt(), in.readOptionalText());
    }

    byte[] encode(Role role) {
        RowWriter out = begin(ROLE);
        out.writeInt(role.oid());
        out.writeText(role.name());
        out.writeFlag(role.superuser());
        out.writeFlag(role.inherit());
        out.writeFlag(role.createRole());
        out.writeFlag(role.createDatabase());
        out.writeFlag(role.canLogin());
        if (role.credential() instanceof Credential.ScramSha256 scram) {
            out.writeByte(1);
            out.writeInt(scram.iterations());
            out.writeBytes(scram.salt());
            out.writeBytes(scram.storedKey());
            out.writeBytes(scram.serverKey());
        } else {
            out.writeByte(0);
        }
        out.writeList(role.memberOf(), out::writeInt);
        return out.toByteArray();
    }

    Role decodeRole(byte[] row) {
        RowReader in = new RowReader(row);
        expect(in, ROLE);
        return new Role(
                in.readInt(),
                in.readText(),
                in.readFlag(),
                in.readFlag(),
                in.readFlag(),
                in.readFlag(),
                in.readFlag(),
                in.readByte() == 0
                        ? new Credential.None()
                        : new Credential.ScramSha256(in.readInt(), in.readBytes(), in.readBytes(), in.readBytes()),
                in.readList(in::readInt));
    }

    byte[] encode(Relation relation) {
        return switch (relation) {
            case Table table -> encodeTable(table);
            case View view -> encodeView(view);
            case Sequence sequence -> encodeSequence(sequence);
            case SystemTable system -> throw new IllegalArgumentException(system.name() + " is not kept in rows");
        };
    }

    Relation decodeRelation(byte[] row) {
        RowReader in = new RowReader(row);
        int kind = kind(in);
        return switch (kind) {
            case TABLE -> decodeTable(in);
            case VIEW -> decodeView(in);
            case SEQUENCE -> decodeSequence(in);
            default -> throw new IllegalArgumentException("row of the catalog has unknown kind " + kind);
        };
    }

    private byte[] encodeTable(Table table) {
        RowWriter out = begin(TABLE);
        writeHead(table, out);
        out.writeInt(table.storageId());
        out.writeList(table.columns(), column -> writeColumn(column, out));
        out.writeList(table.indexes(), index -> parts.write(index, out));
        out.writeList(table.constraints(), constraint -> parts.write(constraint, out));
        Statistics statistics = table.statistics();
        out.writeFlag(statistics != null);
        if (statistics != null) {
            parts.write(statistics, out);
        }
        out.writeOptionalText(table.comment());
        return out.toByteArray();
    }

    private Table decodeTable(RowReader in) {
        return new Table(
                in.readInt(),
                in.readText(),
                in.readInt(),
                in.readInt(),
                in.readInt(),
                in.readList(() -> readColumn(in)),
                in.readList(() -> parts.readIndex(in)),
                in.readList(() -> parts.readConstraint(in)),
                in.readFlag() ? parts.readStatistics(in) : null,
                in.readOptionalText());
    }

    private byte[] encodeView(View view) {
        RowWriter out = begin(VIEW);
        writeHead(view, out);
        out.writeList(view.columns(), column -> writeColumn(column, out));
        out.writeText(view.querySql());
        out.writeInts(view.referencedRelations());
        out.writeOptionalText(view.comment());
        return out.toByteArray();
    }

    private View decodeView(RowReader in) {
        return new View(
                in.readInt(),
                in.readText(),
                in.readInt(),
                in.readInt(),
                in.readList(() -> readColumn(in)),
                in.readText(),
                in.readInts(),
                in.readOptionalText());
    }

    private static byte[] encodeSequence(Sequence sequence) {
        RowWriter out = begin(SEQUENCE);
        writeHead(sequence, out);
        out.writeInt(sequence.storageId());
        out.writeText(sequence.dataType());
        out.writeLong(sequence.start());
        out.writeLong(sequence.increment());
        out.writeLong(sequence.minimum());
        out.writeLong(sequence.maximum());
        out.writeLong(sequence.cache());
        out.writeFlag(sequence.cycle());
        out.writeInt(sequence.ownedByTable());
        out.writeInt(sequence.ownedByColumn());
        out.writeOptionalText(sequence.comment());
        return out.toByteArray();
    }

    private static Sequence decodeSequence(RowReader in) {
        return new Sequence(
                in.readInt(),
                in.readText(),
                in.readInt(),
                in.readInt(),
                in.readInt(),
                in.readText(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readFlag(),
                in.readInt(),
                in.readInt(),
                in.readOptionalText());
    }

    private static void writeHead(Relation relation, RowWriter out) {
        out.writeInt(relation.oid());
        out.writeText(relation.name());
        out.writeInt(relation.schemaOid());
        out.writeInt(relation.ownerOid());
    }

    private static void writeColumn(Column column, RowWriter out) {
        out.writeInt(column.number());
        out.writeText(column.name());
        out.writeInt(column.type().oid());
        out.writeInt(column.typeModifier());
        out.writeFlag(column.notNull());
        out.writeOptionalText(column.defaultSql());
        out.writeEnum(column.identity());
        out.writeFlag(column.generatedStored());
        out.writeFlag(column.dropped());
        out.writeOptionalBytes(column.missingField());
        out.writeInt(column.ownedSequenceOid());
        out.writeOptionalText(column.comment());
    }

    private Column readColumn(RowReader in) {
        return new Column(
                in.readInt(),
                in.readText(),
                type(in.readInt()),
                in.readInt(),
                in.readFlag(),
                in.readOptionalText(),
                in.readEnum(Column.Identity.values()),
                in.readFlag(),
                in.readFlag(),
                in.readOptionalBytes(),
                in.readInt(),
                in.readOptionalText());
    }

    private SqlType type(int oid) {
        SqlType type = types.apply(oid);
        if (type == null) {
            throw new IllegalArgumentException("row of the catalog names unknown type " + oid);
        }
        return type;
    }

    private static RowWriter begin(int kind) {
        RowWriter out = new RowWriter();
        out.writeByte(VERSION);
        out.writeByte(kind);
        return out;
    }

    private static int kind(RowReader in) {
        int version = in.readByte();
        if (version != VERSION) {
            throw new IllegalArgumentException("row of the catalog has layout " + version + ", known is " + VERSION);
        }
        return in.readByte();
    }

    private static void expect(RowReader in, int expected) {
        int kind = kind(in);
        if (kind != expected) {
            throw new IllegalArgumentException("row of the catalog has kind " + kind + " instead of " + expected);
        }
    }
}
