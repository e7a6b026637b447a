package dev.boreal.queryprocessor.syntax.tree;

/** A constant as written; a string's type is not known yet. */
public sealed interface Literal extends Expression {

    /** Digits that fit an int4. A minus sign before a number literal is part of the literal. */
    record IntegerLiteral(int value, int position) implements Literal {}

    /** Any other number, as text without underscores: a large integer in decimal ({@code 3000000000}), or {@code 1.5e3}. */
    record NumericLiteral(String text, int position) implements Literal {}

    /** Any form of string: plain, {@code E''}, {@code U&''}, {@code $tag$}; {@code N'x'} is a cast of it to bpchar. */
    record StringLiteral(String value, int position) implements Literal {}

    /** {@code B'01'} or {@code X'1F'}; digits are as written, checked later. */
    record BitStringLiteral(boolean hexadecimal, String digits, int position) implements Literal {}

    record BooleanLiteral(boolean value, int position) implements Literal {}

    record NullLiteral(int position) implements Literal {}
}
