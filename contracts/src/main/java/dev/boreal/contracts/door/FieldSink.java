package dev.boreal.contracts.door;

/**
 * Where values are written one after another, in text or in binary form. A field is {@code nullField()}, or one of the
 * whole-field methods, or {@code beginField()}, any number of {@code write…}, {@code endField()}. One thread at a time.
 */
public interface FieldSink {

    void nullField();

    void field(byte[] bytes, int offset, int length);

    /** A whole field of ASCII or UTF-8 text. */
    void textField(String text);

    /** A whole field: a number in decimal digits. */
    void decimalField(long value);

    void beginField();

    void writeByte(int value);

    void writeShort(int value);

    void writeInt(int value);

    void writeLong(long value);

    void writeBytes(byte[] bytes, int offset, int length);

    void endField();
}
