package dev.boreal.queryprocessor.type;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All types there are, under PostgreSQL's oids and names. Immutable, the same in every process. */
public final class TypeRegistry {
    public static final SqlType BOOL = new BooleanType();
    public static final SqlType BYTEA = new BytesType();
    /** "char", with the quotes. */
    public static final SqlType CHAR = new SingleCharType();

    public static final SqlType NAME = new NameType();
    public static final SqlType INT8 = new BigintType();
    public static final SqlType INT2 = new SmallintType();
    public static final SqlType INT4 = new IntegerType();
    public static final SqlType TEXT = string(25, "text", -1, 'S', true, 1009, true);
    public static final SqlType OID = new UnsignedIntegerType(26, "oid", 'N', true, 1028, true);
    public static final SqlType XID = new UnsignedIntegerType(28, "xid", 'U', false, 1011, false);
    public static final SqlType CID = new UnsignedIntegerType(29, "cid", 'U', false, 1012, false);
    public static final SqlType PG_NODE_TREE = string(194, "pg_node_tree", -1, 'Z', false, 0, false);
    public static final SqlType FLOAT4 = new RealType();
    public static final SqlType FLOAT8 = new DoubleType();
    public static final SqlType UNKNOWN = string(705, "unknown", -2, 'X', false, 0, true);
    public static final SqlType ACLITEM = string(1033, "aclitem", 12, 'U', false, 1034, false);
    public static final SqlType BPCHAR = new CharacterType(1042, "bpchar", "character", 1014, true);
    public static final SqlType VARCHAR = new CharacterType(1043, "varchar", "character varying", 1015, false);
    public static final SqlType NUMERIC = new NumericType();
    public static final SqlType REFCURSOR = string(1790, "refcursor", -1, 'U', false, 2201, false);
    public static final SqlType REGPROC = new ObjectNameType(24, "regproc", 1008, ObjectNames.Kind.FUNCTION);
    public static final SqlType REGPROCEDURE =
            new ObjectNameType(2202, "regprocedure", 2207, ObjectNames.Kind.FUNCTION_WITH_ARGUMENTS);
    public static final SqlType REGOPER = new ObjectNameType(2203, "regoper", 2208, ObjectNames.Kind.OPERATOR);
    public static final SqlType REGOPERATOR = new ObjectNameType(2204, "regoperator", 2209, ObjectNames.Kind.OPERATOR);
    public static final SqlType REGCLASS = new ObjectNameType(2205, "regclass", 2210, ObjectNames.Kind.RELATION);
    public static final SqlType REGTYPE = new ObjectNameType(2206, "regtype", 2211, ObjectNames.Kind.TYPE);
    public static final SqlType REGNAMESPACE =
            new ObjectNameType(4089, "regnamespace", 4090, ObjectNames.Kind.NAMESPACE);
    public static final SqlType REGROLE = new ObjectNameType(4096, "regrole", 4097, ObjectNames.Kind.ROLE);
    public static final SqlType REGCOLLATION =
            new ObjectNameType(4191, "regcollation", 4192, ObjectNames.Kind.COLLATION);
    public static final SqlType CSTRING = string(2275, "cstring", -2, 'P', false, 1263, false);
    public static final SqlType UUID = new UuidType();
    public static final SqlType PG_LSN = new UnsignedLongType(3220, "pg_lsn", 3221, true);
    public static final SqlType XID8 = new UnsignedLongType(5069, "xid8", 271, false);
    public static final SqlType JSONPATH = string(4072, "jsonpath", -1, 'U', false, 4073, false);
    public static final SqlType ANY = new PseudoType(2276, "any", "\"any\"", 4);
    public static final SqlType ANYARRAY = pseudo(2277, "anyarray", -1);
    public static final SqlType VOID = pseudo(2278, "void", 4);
    public static final SqlType TRIGGER = pseudo(2279, "trigger", 4);
    public static final SqlType INTERNAL = pseudo(2281, "internal", 8);
    public static final SqlType ANYELEMENT = pseudo(2283, "anyelement", 4);
    public static final SqlType ANYNONARRAY = pseudo(2776, "anynonarray", 4);
    public static final SqlType ANYENUM = pseudo(3500, "anyenum", 4);
    public static final SqlType ANYRANGE = pseudo(3831, "anyrange", -1);
    public static final SqlType ANYCOMPATIBLE = pseudo(5077, "anycompatible", 4);
    public static final SqlType ANYCOMPATIBLEARRAY = pseudo(5078, "anycompatiblearray", -1);
    public static final SqlType ANYCOMPATIBLENONARRAY = pseudo(5079, "anycompatiblenonarray", 4);
    public static final SqlType ANYCOMPATIBLERANGE = pseudo(5080, "anycompatiblerange", -1);
    public static final SqlType EVENT_TRIGGER = pseudo(3838, "event_trigger", 4);
    public static final SqlType LANGUAGE_HANDLER = pseudo(2280, "language_handler", 4);

    public static final SqlType JSON = new JsonType();
    public static final SqlType JSONB = new JsonbType();
    public static final SqlType TID = new TupleIdType();
    public static final SqlType DATE = new DateType();
    public static final SqlType TIME = new TimeType();
    public static final SqlType TIMETZ = new TimeWithZoneType();
    public static final SqlType TIMESTAMP = new TimestampType(false);
    public static final SqlType TIMESTAMPTZ = new TimestampType(true);
    public static final SqlType INTERVAL = new IntervalType();
    public static final SqlType RECORD = new RecordType();
    public static final SqlType INT2VECTOR = new VectorType(22, "int2vector", INT2, 1006);
    public static final SqlType OIDVECTOR = new VectorType(30, "oidvector", OID, 1013);
    public static final SqlType TEXT_ARRAY = new ArrayType(TEXT);
    public static final SqlType INT4_ARRAY = new ArrayType(INT4);

    private static final Map<Integer, SqlType> BY_OID = new TreeMap<>();
    private static final Map<String, SqlType> BY_NAME = new HashMap<>();

    static {
        List<SqlType> types = new ArrayList<>(List.of(
                BOOL,
                BYTEA,
                CHAR,
                NAME,
                INT8,
                INT2,
                INT4,
                TEXT,
                OID,
                XID,
                CID,
                PG_NODE_TREE,
                FLOAT4,
                FLOAT8,
                UNKNOWN,
                ACLITEM,
                BPCHAR,
                VARCHAR,
                NUMERIC,
                REFCURSOR,
                REGPROC,
                REGPROCEDURE,
                REGOPER,
                REGOPERATOR,
                REGCLASS,
                REGTYPE,
                REGNAMESPACE,
                REGROLE,
                REGCOLLATION,
                CSTRING,
                UUID,
                PG_LSN,
                XID8,
                JSONPATH));
        types.addAll(List.of(
                ANY,
                ANYARRAY,
                VOID,
                TRIGGER,
                INTERNAL,
                ANYELEMENT,
                ANYNONARRAY,
                ANYENUM,
                ANYRANGE,
                ANYCOMPATIBLE,
                ANYCOMPATIBLEARRAY,
                ANYCOMPATIBLENONARRAY,
                ANYCOMPATIBLERANGE,
                EVENT_TRIGGER,
                LANGUAGE_HANDLER));
        types.addAll(List.of(
                DATE, TIME, TIMETZ, TIMESTAMP, TIMESTAMPTZ, INTERVAL, JSON, JSONB, TID, RECORD, INT2VECTOR, OIDVECTOR));
        for (SqlType type : types) {
            register(type);
        }
        register(TEXT_ARRAY);
        register(INT4_ARRAY);
        for (SqlType type : types) {
            if (type.arrayOid() != 0 && !BY_OID.containsKey(type.arrayOid())) {
                register(new ArrayType(type));
            }
        }
        spell("boolean", BOOL);
        spell("smallint", INT2);
        spell("integer", INT4);
        spell("int", INT4);
        spell("bigint", INT8);
        spell("real", FLOAT4);
        spell("double precision", FLOAT8);
        spell("float", FLOAT8);
        spell("decimal", NUMERIC);
        spell("dec", NUMERIC);
        spell("character varying", VARCHAR);
        spell("character", BPCHAR);
        spell("\"char\"", CHAR);
        spell("time without time zone", TIME);
        spell("time with time zone", TIMETZ);
        spell("timestamp without time zone", TIMESTAMP);
        spell("timestamp with time zone", TIMESTAMPTZ);
    }

    private TypeRegistry() {}

    private static SqlType string(
            int oid, String name, int length, char category, boolean preferred, int arrayOid, boolean ordered) {
        return new StringType(oid, name, name, length, category, preferred, arrayOid, ordered);
    }

    private static SqlType pseudo(int oid, String name, int length) {
        return new PseudoType(oid, name, name, length);
    }

    private static void register(SqlType type) {
        BY_OID.put(type.oid(), type);
        BY_NAME.put(type.name(), type);
    }

    private static void spell(String name, SqlType type) {
        BY_NAME.put(name, type);
    }

    /** All types, in the order of their oids. */
    public static Collection<SqlType> all() {
        return Collections.unmodifiableCollection(BY_OID.values());
    }

    public static @Nullable SqlType find(int oid) {
        return BY_OID.get(oid);
    }

    /** 42704 if there is no such type. */
    public static SqlType get(int oid) {
        SqlType type = BY_OID.get(oid);
        if (type == null) {
            throw new SqlException(
                    SqlState.UNDEFINED_OBJECT, "type with OID " + Integer.toUnsignedString(oid) + " does not exist");
        }
        return type;
    }

    /**
     * A type by its {@code pg_type.typname} or its SQL spelling ({@code integer}, {@code timestamp with time zone}),
     * lower case, without schema, modifiers and quotes; {@code []} behind the name makes it an array.
     */
    public static @Nullable SqlType findByName(String name) {
        SqlType type = BY_NAME.get(name);
        if (type == null && name.endsWith("[]")) {
            SqlType element = findByName(name.substring(0, name.length() - 2));
            return element == null ? null : findArrayOf(element);
        }
        return type;
    }

    /** The array type of an element type; an array type itself is its own, since dimensions are no part of the type. */
    public static @Nullable SqlType findArrayOf(SqlType element) {
        if (element instanceof ArrayType && element.arrayOid() == 0) {
            return element;
        }
        return element.arrayOid() == 0 ? null : BY_OID.get(element.arrayOid());
    }

    /** The type of an array type's elements, null of other types. */
    public static @Nullable SqlType elementOf(SqlType array) {
        return array instanceof ArrayType type ? type.element() : null;
    }

    /** As {@link #findArrayOf}; 42704 if the type has no array type. */
    public static SqlType arrayOf(SqlType element) {
        SqlType array = findArrayOf(element);
        if (array == null) {
            throw new SqlException(
                    SqlState.UNDEFINED_OBJECT, "could not find array type for data type " + element.formatName(-1));
        }
        return array;
    }

    /** See {@link SqlType#typeModifierOf}. */
    public static int typeModifierOf(SqlType type, List<Integer> arguments) {
        return type.typeModifierOf(arguments);
    }
}
