package dev.boreal.launcher.service;

import dev.boreal.launcher.configuration.BorealConfiguration;
import dev.boreal.pgwire.service.BindFailedException;
import java.net.InetSocketAddress;

/** What a failed start says to people. */
final class StartFailures {
    private StartFailures() {}

    static String describe(Exception failure, BorealConfiguration configuration) {
        if (failure instanceof BindFailedException bind) {
            return describe(bind);
        }
        String message = String.valueOf(failure.getMessage());
        if (message.contains("No space left on device")) {
            return "the disk of " + configuration.directory() + " is full (" + message
                    + "): free some space, or name a directory on another disk with --data";
        }
        if (message.contains("was trimmed")) {
            return message + ". Storage cannot be rebuilt from what is left of the journal: restore "
                    + configuration.directory().resolve("storage")
                    + " from where it was moved to or from a backup, and start again; the journal has what is newer";
        }
        return failure.getMessage() == null ? failure.toString() : message;
    }

    private static String describe(BindFailedException failure) {
        InetSocketAddress address = failure.address();
        return switch (failure.reason()) {
            case ADDRESS_IN_USE ->
                "port " + address.getPort() + " of " + address.getAddress().getHostAddress()
                        + " is taken by another server. Choose another one: ./boreal start --port "
                        + (address.getPort() == 65_535 ? 5432 : address.getPort() + 1);
            case PERMISSION_DENIED ->
                "port " + address.getPort()
                        + " is reserved for the system. Choose one above 1023: ./boreal start --port 5432";
            case ADDRESS_NOT_AVAILABLE ->
                "this machine has no address " + address.getAddress().getHostAddress()
                        + ". Choose one of its own: ./boreal start --listen 127.0.0.1";
            case OTHER -> String.valueOf(failure.getMessage());
        };
    }
}
