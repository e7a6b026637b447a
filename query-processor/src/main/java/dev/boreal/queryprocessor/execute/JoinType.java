package dev.boreal.queryprocessor.execute;

/** Which rows a join gives. SEMI and ANTI give columns of the left side only: rows with some match, or with none. */
public enum JoinType {
    INNER(""),
    LEFT(" Left"),
    RIGHT(" Right"),
    FULL(" Full"),
    SEMI(" Semi"),
    ANTI(" Anti");

    private final String word;

    JoinType(String word) {
        this.word = word;
    }

    /** As EXPLAIN names the node: {@code Hash Left Join}, but {@code Nested Loop} for the inner one. */
    String nodeName(String algorithm, boolean joinIfInner) {
        return this == INNER && !joinIfInner ? algorithm : algorithm + word + " Join";
    }

    /** Whether a left row without a match is given, filled with NULLs. */
    boolean keepsLeft() {
        return this == LEFT || this == FULL;
    }

    /** Whether a right row without a match is given, filled with NULLs. */
    boolean keepsRight() {
        return this == RIGHT || this == FULL;
    }

    /** Whether rows are those of the left side alone. */
    boolean leftOnly() {
        return this == SEMI || this == ANTI;
    }
}
