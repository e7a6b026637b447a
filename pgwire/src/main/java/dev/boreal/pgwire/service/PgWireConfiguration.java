package dev.boreal.pgwire.service;

import dev.boreal.pgwire.authentication.AuthenticationMethod;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the server listens and whom it lets in. Validated as a whole: the constructor names everything that is wrong.
 *
 * @param address where to listen; port 0 takes a free one
 * @param authentication what clients must do; trust is for loopback addresses only
 * @param tls certificate and key, null to offer no TLS
 * @param maxConnections sessions at a time; one more is refused with 53300
 * @param largestMessageBytes of one protocol message, up to 1 GiB - 1
 * @param authenticationTimeout from connecting to the open session
 * @param drainTimeout how long closing waits for running statements and unread answers
 * @param eventLoops threads that serve connections
 */
public record PgWireConfiguration(
        InetSocketAddress address,
        AuthenticationMethod authentication,
        @Nullable TlsFiles tls,
        int maxConnections,
        int largestMessageBytes,
        Duration authenticationTimeout,
        Duration drainTimeout,
        int eventLoops) {

    public static final int DEFAULT_PORT = 5432;

    private static final int LARGEST_MESSAGE_BYTES = (1 << 30) - 1;
    private static final int LEAST_MESSAGE_BYTES = 1024;

    /** PEM files: the certificate chain and its PKCS #8 private key. */
    public record TlsFiles(Path certificateChain, Path privateKey) {}

    public PgWireConfiguration {
        List<String> faults = new ArrayList<>();
        if (address.isUnresolved()) {
            faults.add("address " + address.getHostString() + " is unknown");
        } else if (authentication == AuthenticationMethod.TRUST
                && !address.getAddress().isLoopbackAddress()) {
            faults.add("authentication by trust lets everybody in, so it is for loopback addresses only, which "
                    + address.getAddress().getHostAddress()
                    + " is not: listen on 127.0.0.1 or authenticate by scram-sha-256");
        }
        if (tls != null) {
            requireReadable(tls.certificateChain(), "TLS certificate", faults);
            requireReadable(tls.privateKey(), "TLS private key", faults);
        }
        requireBetween(maxConnections, 1, Integer.MAX_VALUE, "max connections", faults);
        requireBetween(largestMessageBytes, LEAST_MESSAGE_BYTES, LARGEST_MESSAGE_BYTES, "largest message", faults);
        requireBetween(eventLoops, 1, 1024, "event loops", faults);
        if (!authenticationTimeout.isPositive()) {
            faults.add("authentication timeout " + authenticationTimeout + " is not positive");
        }
        if (drainTimeout.isNegative()) {
            faults.add("drain timeout " + drainTimeout + " is negative");
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", faults));
        }
    }

    /** On 127.0.0.1, trusting everybody there. */
    public static PgWireConfiguration loopback(int port) {
        return new PgWireConfiguration(
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port),
                AuthenticationMethod.TRUST,
                null,
                10_000,
                LARGEST_MESSAGE_BYTES,
                Duration.ofSeconds(60),
                Duration.ofSeconds(5),
                Runtime.getRuntime().availableProcessors());
    }

    public PgWireConfiguration withAddress(InetSocketAddress newAddress, AuthenticationMethod newAuthentication) {
        return new PgWireConfiguration(
                newAddress,
                newAuthentication,
                tls,
                maxConnections,
                largestMessageBytes,
                authenticationTimeout,
                drainTimeout,
                eventLoops);
    }

    public PgWireConfiguration withAuthentication(AuthenticationMethod newAuthentication) {
        return withAddress(address, newAuthentication);
    }

    public PgWireConfiguration withTls(@Nullable TlsFiles newTls) {
        return new PgWireConfiguration(
                address,
                authentication,
                newTls,
                maxConnections,
                largestMessageBytes,
                authenticationTimeout,
                drainTimeout,
                eventLoops);
    }

    public PgWireConfiguration withLimits(int newMaxConnections, int newLargestMessageBytes) {
        return new PgWireConfiguration(
                address,
                authentication,
                tls,
                newMaxConnections,
                newLargestMessageBytes,
                authenticationTimeout,
                drainTimeout,
                eventLoops);
    }

    public PgWireConfiguration withTimeouts(Duration newAuthenticationTimeout, Duration newDrainTimeout) {
        return new PgWireConfiguration(
                address,
                authentication,
                tls,
                maxConnections,
                largestMessageBytes,
                newAuthenticationTimeout,
                newDrainTimeout,
                eventLoops);
    }

    public PgWireConfiguration withEventLoops(int newEventLoops) {
        return new PgWireConfiguration(
                address,
                authentication,
                tls,
                maxConnections,
                largestMessageBytes,
                authenticationTimeout,
                drainTimeout,
                newEventLoops);
    }

    private static void requireReadable(Path file, String what, List<String> faults) {
        if (!Files.isReadable(file)) {
            faults.add(what + " " + file + " is not readable");
        }
    }

    private static void requireBetween(int value, int least, int most, String what, List<String> faults) {
        if (value < least || value > most) {
            faults.add(what + " " + value + " is not between " + least + " and " + most);
        }
    }
}
