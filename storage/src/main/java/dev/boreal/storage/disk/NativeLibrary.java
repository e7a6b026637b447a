package dev.boreal.storage.disk;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.jar.JarEntry;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads RocksDB's native code from a copy that is kept in the storage directory. By itself RocksDB unpacks 17 MB into the
 * temporary directory at every start, and leaves them there when the process is killed.
 */
final class NativeLibrary {
    private static final Logger LOG = LoggerFactory.getLogger(NativeLibrary.class);

    private static boolean loaded;

    private NativeLibrary() {}

    /** Does nothing if this process has it already. */
    static synchronized void load(Path directory) {
        if (loaded) {
            return;
        }
        if (!loadCopy(directory)) {
            RocksDB.loadLibrary();
        }
        loaded = true;
    }

    private static boolean loadCopy(Path directory) {
        try {
            URL resource = RocksDB.class.getResource("/" + Environment.getJniLibraryFileName("rocksdb"));
            if (resource == null || !(resource.openConnection() instanceof JarURLConnection connection)) {
                return false;
            }
            RocksDB.loadLibrary(List.of(copy(connection, directory).toString()));
            return true;
        } catch (IOException | UnsatisfiedLinkError e) {
            LOG.debug("RocksDB's native code is not loaded from {}: {}", directory, e.getMessage());
            return false;
        }
    }

    /** The folder that holds the copy; its name tells size and checksum, so that another version has another one. */
    private static Path copy(JarURLConnection connection, Path directory) throws IOException {
        JarEntry entry = connection.getJarEntry();
        Path folder = directory.resolve("native-" + entry.getSize() + "-" + Long.toHexString(entry.getCrc()));
        Path library = folder.resolve(Environment.getJniLibraryFileName("rocksdbjni"));
        if (!Files.exists(library) || Files.size(library) != entry.getSize()) {
            Files.createDirectories(folder);
            Path fresh = Files.createTempFile(folder, "native", ".new");
            try (InputStream in = connection.getInputStream()) {
                Files.copy(in, fresh, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.move(fresh, library, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        return folder;
    }
}
