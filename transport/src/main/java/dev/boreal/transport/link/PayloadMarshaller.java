package dev.boreal.transport.link;

import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Hands messages to gRPC and takes bytes from it, with one copy each. */
final class PayloadMarshaller implements MethodDescriptor.Marshaller<Payload> {
    static final PayloadMarshaller INSTANCE = new PayloadMarshaller();

    private PayloadMarshaller() {}

    @Override
    public InputStream stream(Payload value) {
        return switch (value) {
            case Payload.Outgoing outgoing -> new Encoded(outgoing);
            case Payload.Incoming incoming -> new java.io.ByteArrayInputStream(incoming.bytes());
        };
    }

    @Override
    public Payload parse(InputStream stream) {
        try {
            byte[] bytes = new byte[stream.available()];
            int read = stream.readNBytes(bytes, 0, bytes.length);
            if (read == bytes.length && stream.read() < 0) {
                return new Payload.Incoming(bytes);
            }
            throw Status.INTERNAL
                    .withDescription("a message has another length than it says")
                    .asRuntimeException();
        } catch (IOException e) {
            throw Status.INTERNAL
                    .withDescription("a message cannot be read")
                    .withCause(e)
                    .asRuntimeException();
        }
    }

    /** A message that is written at once when gRPC asks for it; gRPC never reads it otherwise. */
    private static final class Encoded extends InputStream implements Drainable, KnownLength {
        private final Payload.Outgoing payload;
        private boolean drained;

        Encoded(Payload.Outgoing payload) {
            this.payload = payload;
        }

        @Override
        public int available() {
            return drained ? 0 : payload.message().getSerializedSize();
        }

        @Override
        public int drainTo(OutputStream target) throws IOException {
            int length = available();
            payload.message().writeTo(target);
            drained = true;
            return length;
        }

        @Override
        public int read() {
            throw writtenWhole();
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            throw writtenWhole();
        }

        private static UnsupportedOperationException writtenWhole() {
            return new UnsupportedOperationException("a message is written whole");
        }
    }
}
