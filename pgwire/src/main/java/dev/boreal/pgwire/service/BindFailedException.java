package dev.boreal.pgwire.service;

import java.net.InetSocketAddress;
import java.util.Locale;

/** The server cannot listen where it was told to. */
public final class BindFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why, as far as the operating system tells. */
    public enum Reason {
        ADDRESS_IN_USE,
        PERMISSION_DENIED,
        /** No interface of this machine has the address. */
        ADDRESS_NOT_AVAILABLE,
        OTHER
    }

    private final InetSocketAddress address;
    private final Reason reason;

    BindFailedException(InetSocketAddress address, Throwable cause) {
        super(
                "cannot listen on " + address.getAddress().getHostAddress() + ":" + address.getPort() + ": "
                        + cause.getMessage(),
                cause);
        this.address = address;
        reason = reason(String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT));
    }

    private static Reason reason(String message) {
        if (message.contains("address already in use")) {
            return Reason.ADDRESS_IN_USE;
        }
        if (message.contains("permission denied")) {
            return Reason.PERMISSION_DENIED;
        }
        return message.contains("cannot assign requested address") ? Reason.ADDRESS_NOT_AVAILABLE : Reason.OTHER;
    }

    public InetSocketAddress address() {
        return address;
    }

    public Reason reason() {
        return reason;
    }
}
