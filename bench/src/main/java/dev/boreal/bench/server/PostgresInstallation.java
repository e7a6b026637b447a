package dev.boreal.bench.server;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A directory with PostgreSQL's programs. */
public record PostgresInstallation(Path binaries) {
    private static final int PREFERRED_VERSION = 15;

    /**
     * The installation to use: the named one, or version 15, or the newest.
     *
     * @throws BenchmarkException if there is none, saying how to get one
     */
    public static PostgresInstallation find(@Nullable Path named) throws BenchmarkException {
        if (named != null) {
            if (!isInstallation(named)) {
                throw new BenchmarkException("there is no PostgreSQL in " + named + ": no initdb and postgres there");
            }
            return new PostgresInstallation(named);
        }
        Path best = null;
        for (Path candidate : candidates()) {
            if (isInstallation(candidate) && (best == null || rank(candidate) > rank(best))) {
                best = candidate;
            }
        }
        if (best == null) {
            throw new BenchmarkException("found no PostgreSQL server to compare with, neither in "
                    + "/usr/lib/postgresql/*/bin nor on the PATH.\n"
                    + "  Debian, Ubuntu:  sudo apt-get install postgresql-15 (or postgresql)\n"
                    + "  elsewhere:       name its directory with --postgres-bin");
        }
        return new PostgresInstallation(best);
    }

    private static List<Path> candidates() {
        List<Path> found = new ArrayList<>();
        for (String root : List.of("/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt")) {
            File[] versions = new File(root).listFiles();
            if (versions != null) {
                for (File version : versions) {
                    found.add(version.toPath().resolve("bin"));
                }
            }
        }
        String path = System.getenv("PATH");
        for (String directory : (path == null ? "" : path).split(File.pathSeparator)) {
            if (!directory.isEmpty()) {
                found.add(Path.of(directory));
            }
        }
        return found;
    }

    private static boolean isInstallation(Path bin) {
        return Files.isExecutable(bin.resolve("initdb")) && Files.isExecutable(bin.resolve("postgres"));
    }

    private static int rank(Path bin) {
        Path parent = bin.getParent();
        String digits = parent == null ? "" : parent.getFileName().toString().replaceAll("\\D", "");
        int version = digits.isEmpty() || digits.length() > 4 ? 0 : Integer.parseInt(digits);
        return version == PREFERRED_VERSION ? Integer.MAX_VALUE : version;
    }

    public Path program(String name) {
        return binaries.resolve(name);
    }
}
