package dev.boreal.transport.link;

import io.grpc.MethodDescriptor;
import java.util.EnumMap;
import java.util.Map;

/** The one method of each service: a stream of messages in both directions. */
final class StreamMethods {
    private static final Map<DoorKind, MethodDescriptor<Payload, Payload>> METHODS = new EnumMap<>(DoorKind.class);

    static {
        for (DoorKind kind : DoorKind.values()) {
            METHODS.put(
                    kind,
                    MethodDescriptor.<Payload, Payload>newBuilder()
                            .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
                            .setFullMethodName(MethodDescriptor.generateFullMethodName(kind.service(), "Converse"))
                            .setRequestMarshaller(PayloadMarshaller.INSTANCE)
                            .setResponseMarshaller(PayloadMarshaller.INSTANCE)
                            .build());
        }
    }

    private StreamMethods() {}

    static MethodDescriptor<Payload, Payload> of(DoorKind kind) {
        MethodDescriptor<Payload, Payload> method = METHODS.get(kind);
        if (method == null) {
            throw new IllegalArgumentException("no streams lead to " + kind);
        }
        return method;
    }
}
