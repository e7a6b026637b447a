package dev.boreal.launcher;

import dev.boreal.launcher.command.BorealCommand;

/** The only {@code main} of the server. */
public final class Boreal {
    private Boreal() {}

    public static void main(String[] arguments) {
        int exitCode = BorealCommand.run(arguments);
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }
}
