package dev.boreal.bench.journal;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The little of etcd's protocol, version 3, that the benchmark speaks: a put, and who leads. Messages travel as their bytes. */
final class EtcdMessages {
    static final MethodDescriptor<byte[], byte[]> PUT = method("etcdserverpb.KV/Put");
    static final MethodDescriptor<byte[], byte[]> STATUS = method("etcdserverpb.Maintenance/Status");

    private static final int PUT_KEY = 1;
    private static final int PUT_VALUE = 2;
    private static final int STATUS_HEADER = 1;
    private static final int HEADER_MEMBER = 2;
    private static final int STATUS_LEADER = 4;

    private EtcdMessages() {}

    private static MethodDescriptor<byte[], byte[]> method(String name) {
        return MethodDescriptor.<byte[], byte[]>newBuilder(new Bytes(), new Bytes())
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(name)
                .build();
    }

    static byte[] put(byte[] key, byte[] value) {
        byte[] message = new byte
                [CodedOutputStream.computeByteArraySize(PUT_KEY, key)
                        + CodedOutputStream.computeByteArraySize(PUT_VALUE, value)];
        CodedOutputStream out = CodedOutputStream.newInstance(message);
        try {
            out.writeByteArray(PUT_KEY, key);
            out.writeByteArray(PUT_VALUE, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return message;
    }

    /** Whether who sent this status leads. */
    static boolean leads(byte[] status) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(status);
        long member = -1;
        long leader = 0;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case STATUS_HEADER -> member = member(in.readByteArray());
                case STATUS_LEADER -> leader = in.readUInt64();
                default -> in.skipField(tag);
            }
        }
        return leader != 0 && leader == member;
    }

    private static long member(byte[] header) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(header);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == HEADER_MEMBER) {
                return in.readUInt64();
            }
            in.skipField(tag);
        }
        return -1;
    }

    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] message) {
            return new Message(message);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class Message extends ByteArrayInputStream implements KnownLength {
        Message(byte[] bytes) {
            super(bytes);
        }
    }
}
