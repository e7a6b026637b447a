package dev.boreal.journal.disk;

import java.io.IOException;
import java.util.List;

/** One directory of files: the port through which the journal touches the world. Any thread may call. */
public interface Disk {

    /** Names of the files present, in any order. */
    List<String> list() throws IOException;

    /** Opens a file, making it if it is not there; the name lasts once {@link #syncNames} returned. */
    DiskFile openOrCreate(String name) throws IOException;

    /** Opens a file to read; it stays readable through this handle even when it is deleted. */
    DiskFile openToRead(String name) throws IOException;

    void delete(String name) throws IOException;

    /** Makes creations and deletions of files durable. */
    void syncNames() throws IOException;

    /** Keeps other journals out until it is closed; throws JournalInUseException if one is in. */
    AutoCloseable lock(String name) throws IOException;

    /** What people call the file: its path. */
    String describe(String name);
}
