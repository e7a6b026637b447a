package dev.boreal.transport.link;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.boreal.contracts.cluster.Role;
import dev.boreal.contracts.wire.Hello;
import dev.boreal.contracts.wire.Welcome;
import dev.boreal.transport.LinkIdentity;
import io.grpc.Metadata;
import org.jspecify.annotations.Nullable;

/** What both ends say when a stream opens, and what does not fit. The sentences are for people. */
public final class Handshake {
    /** Rises when streams of an older build cannot be understood any more. */
    public static final int PROTOCOL_VERSION = 1;

    private static final Metadata.Key<byte[]> HELLO =
            Metadata.Key.of("boreal-hello-bin", Metadata.BINARY_BYTE_MARSHALLER);
    private static final Metadata.Key<byte[]> WELCOME =
            Metadata.Key.of("boreal-welcome-bin", Metadata.BINARY_BYTE_MARSHALLER);

    private Handshake() {}

    static Metadata hello(LinkIdentity self, LinkTarget target) {
        Hello hello = Hello.newBuilder()
                .setProtocolVersion(PROTOCOL_VERSION)
                .setClusterId(self.cluster())
                .setMember(self.member())
                .setRole(self.roleLabel())
                .setAddressee(target.member())
                .setInstance(target.instance())
                .build();
        Metadata headers = new Metadata();
        headers.put(HELLO, hello.toByteArray());
        return headers;
    }

    static Metadata welcome(LinkIdentity self) {
        Welcome welcome = Welcome.newBuilder()
                .setProtocolVersion(PROTOCOL_VERSION)
                .setMember(self.member())
                .setRole(self.roleLabel())
                .build();
        Metadata headers = new Metadata();
        headers.put(WELCOME, welcome.toByteArray());
        return headers;
    }

    /** What the opener said of itself, or null if it said nothing that can be understood. */
    static @Nullable Hello readHello(Metadata headers) {
        byte[] bytes = headers.get(HELLO);
        if (bytes == null) {
            return null;
        }
        try {
            return Hello.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            return null;
        }
    }

    /** Why a stream with this opening does not fit for good, or null. */
    static @Nullable String unfit(LinkIdentity self, @Nullable Hello hello) {
        if (hello == null) {
            return "the stream does not begin as one of Boreal's";
        }
        if (hello.getProtocolVersion() != PROTOCOL_VERSION) {
            return self.member() + " speaks version " + PROTOCOL_VERSION + " of the protocol, " + hello.getMember()
                    + " speaks version " + hello.getProtocolVersion();
        }
        if (!hello.getClusterId().equals(self.cluster())) {
            return self.member() + " belongs to the cluster \"" + self.cluster() + "\", " + hello.getMember() + " to \""
                    + hello.getClusterId() + "\"";
        }
        if (!hello.getAddressee().isEmpty() && !hello.getAddressee().equals(self.member())) {
            return "this is " + self.member() + ", not " + hello.getAddressee();
        }
        if (hello.getMember().isEmpty()) {
            return "the stream's opener has no name";
        }
        if (hello.getRole().equals(LinkIdentity.CLIENT)) {
            return null;
        }
        try {
            Role.of(hello.getRole());
        } catch (IllegalArgumentException e) {
            return hello.getMember() + ": " + e.getMessage();
        }
        return null;
    }

    /** Why the answer to an opening does not fit, or null. */
    static @Nullable String unfit(LinkTarget target, Metadata headers) {
        byte[] bytes = headers.get(WELCOME);
        if (bytes == null) {
            return "what answers is not Boreal";
        }
        try {
            Welcome welcome = Welcome.parseFrom(bytes);
            if (welcome.getProtocolVersion() != PROTOCOL_VERSION) {
                return welcome.getMember() + " speaks version " + welcome.getProtocolVersion()
                        + " of the protocol, this process version " + PROTOCOL_VERSION;
            }
            if (!target.member().isEmpty() && !welcome.getMember().equals(target.member())) {
                return "this is " + welcome.getMember() + ", not " + target.member();
            }
            return null;
        } catch (InvalidProtocolBufferException e) {
            return "what answers is not Boreal";
        }
    }
}
