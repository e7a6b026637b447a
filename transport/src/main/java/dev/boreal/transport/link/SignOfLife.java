package dev.boreal.transport.link;

import com.google.protobuf.Empty;
import com.google.protobuf.MessageLite;

/** The message that says nothing but that its sender lives: no bytes, whatever the stream carries. */
final class SignOfLife {
    static final MessageLite MESSAGE = Empty.getDefaultInstance();

    private SignOfLife() {}
}
