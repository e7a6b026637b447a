package dev.boreal.transport.link;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import com.google.protobuf.UnsafeByteOperations;

/** Parses what arrived; byte strings of the message share its array. */
final class MessageReader {
    /** Conditions on rows nest as deeply as people write them. */
    private static final int DEEPEST_NESTING = 1000;

    private MessageReader() {}

    static <I extends MessageLite> I read(Parser<I> parser, Payload payload) throws MalformedMessageException {
        if (!(payload instanceof Payload.Incoming incoming)) {
            throw new MalformedMessageException("a message that did not travel");
        }
        CodedInputStream in = UnsafeByteOperations.unsafeWrap(incoming.bytes()).newCodedInput();
        in.enableAliasing(true);
        in.setRecursionLimit(DEEPEST_NESTING);
        try {
            I message = parser.parseFrom(in);
            in.checkLastTagWas(0);
            return message;
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedMessageException(
                    "a message of " + incoming.bytes().length + " bytes is malformed: " + e.getMessage());
        }
    }

    static boolean isSignOfLife(Payload payload) {
        return payload instanceof Payload.Incoming incoming && incoming.bytes().length == 0;
    }
}
