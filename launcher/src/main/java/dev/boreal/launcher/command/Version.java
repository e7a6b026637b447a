package dev.boreal.launcher.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says: the version that the jar's manifest names. */
public final class Version implements IVersionProvider {

    static String text() {
        @Nullable String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"Boreal " + text(), "Java " + Runtime.version()};
    }
}
