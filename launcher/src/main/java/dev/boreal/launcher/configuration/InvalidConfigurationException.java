package dev.boreal.launcher.configuration;

import java.util.List;

/** What is wrong with the settings: all of it. */
public final class InvalidConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidConfigurationException(List<String> faults) {
        super(String.join("\n", faults));
    }
}
