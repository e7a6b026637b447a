package dev.boreal.transport.link;

import com.google.protobuf.MessageLite;

/** One message of a stream: on its way out still an object, on its way in still bytes, which the handler's end parses. */
sealed interface Payload {
    record Outgoing(MessageLite message) implements Payload {}

    record Incoming(byte[] bytes) implements Payload {}
}
