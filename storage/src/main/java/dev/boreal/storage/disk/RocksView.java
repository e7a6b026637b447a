package dev.boreal.storage.disk;

import dev.boreal.storage.DiskFailure;
import dev.boreal.storage.read.VersionIterator;
import java.nio.ByteBuffer;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * A RocksDB iterator over the rows' family: a view of what had been written when it was made or refreshed. Not
 * thread-safe; touching it after {@link #close} would crash the process, so its owner must not.
 */
public final class RocksView implements VersionIterator, AutoCloseable {
    private final RocksIterator iterator;
    private byte[] wrapped = new byte[0];
    private ByteBuffer target = ByteBuffer.wrap(wrapped);

    RocksView(RocksIterator iterator) {
        this.iterator = iterator;
    }

    /** Moves the view to the present. Costs next to nothing while no memory was flushed or files were merged. */
    public void refresh() {
        try {
            iterator.refresh();
        } catch (RocksDBException e) {
            throw new DiskFailure("cannot read the store: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean valid() {
        if (iterator.isValid()) {
            return true;
        }
        try {
            iterator.status();
        } catch (RocksDBException e) {
            throw new DiskFailure("cannot read the store: " + e.getMessage(), e);
        }
        return false;
    }

    @Override
    public void seek(byte[] bytes, int length) {
        iterator.seek(wrap(bytes, length));
    }

    @Override
    public void seekBefore(byte[] bytes, int length) {
        iterator.seekForPrev(wrap(bytes, length));
    }

    @Override
    public void seekToLast() {
        iterator.seekToLast();
    }

    @Override
    public void next() {
        iterator.next();
    }

    @Override
    public void previous() {
        iterator.prev();
    }

    @Override
    public int key(byte[] into) {
        return iterator.key(into, 0, into.length);
    }

    @Override
    public int value(byte[] into) {
        return iterator.value(into, 0, into.length);
    }

    @Override
    public void close() {
        iterator.close();
    }

    /** The reader's target array is mostly the same one: it is wrapped once. */
    @SuppressWarnings("ReferenceEquality") // The same array, not an equal one.
    private ByteBuffer wrap(byte[] bytes, int length) {
        if (bytes != wrapped) {
            wrapped = bytes;
            target = ByteBuffer.wrap(bytes);
        }
        return target.limit(length).position(0);
    }
}
