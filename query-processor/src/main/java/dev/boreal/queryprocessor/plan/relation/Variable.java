package dev.boreal.queryprocessor.plan.relation;

import dev.boreal.queryprocessor.type.SqlType;

/**
 * One column that flows through a tree, with an identity of its own: two scans of one table have different variables.
 */
public final class Variable {
    private final String name;
    private final SqlType type;
    private final int typeModifier;
    private final int tableOid;
    private final int columnNumber;

    /** @param tableOid the table whose column this is, or 0; {@code columnNumber} likewise */
    public Variable(String name, SqlType type, int typeModifier, int tableOid, int columnNumber) {
        this.name = name;
        this.type = type;
        this.typeModifier = typeModifier;
        this.tableOid = tableOid;
        this.columnNumber = columnNumber;
    }

    public static Variable of(String name, BoundExpression expression) {
        return new Variable(name, expression.type(), expression.typeModifier(), 0, 0);
    }

    public String name() {
        return name;
    }

    public SqlType type() {
        return type;
    }

    public int typeModifier() {
        return typeModifier;
    }

    public int tableOid() {
        return tableOid;
    }

    public int columnNumber() {
        return columnNumber;
    }

    @Override
    public String toString() {
        return name;
    }
}
