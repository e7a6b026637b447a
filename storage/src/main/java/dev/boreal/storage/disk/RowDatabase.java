package dev.boreal.storage.disk;

import dev.boreal.contracts.key.Keys;
import dev.boreal.storage.DiskFailure;
import dev.boreal.storage.StorageConfiguration;
import dev.boreal.storage.StorageOpenException;
import dev.boreal.storage.apply.BatchSink;
import dev.boreal.storage.version.VersionBatch;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.ReadOptions;
import org.rocksdb.ReadTier;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.RocksObject;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The store: RocksDB with two column families, rows and the room's state. Any thread may call, but whoever closes it sees
 * to it that no call is under way and that every {@link RocksView} was closed before: native handles do not forgive.
 *
 * <p>There is no write-ahead log, since the journal is one. Memory goes to files for both families at once ({@code
 * atomic_flush}), oldest first, so what a crash leaves is a prefix of the batches, and the positions found there belong
 * to the rows found there. RocksDB syncs the files it finishes: what is flushed has also survived the machine.
 */
public final class RowDatabase implements BatchSink {
    private static final byte[] STATE_FAMILY = "state".getBytes(StandardCharsets.US_ASCII);
    private static final long LEVEL_BASE_BYTES = 256L << 20;

    private final List<RocksObject> owned = new ArrayList<>();
    private final RocksDB database;
    private final List<ColumnFamilyHandle> families = new ArrayList<>();
    private final ColumnFamilyHandle state;
    private final WriteOptions writeOptions = own(new WriteOptions().setDisableWAL(true));
    private final ReadOptions readOptions = own(new ReadOptions());
    private final ReadOptions persistedOnly = own(new ReadOptions().setReadTier(ReadTier.PERSISTED_TIER));
    private final FlushOptions flushOptions = own(new FlushOptions().setWaitForFlush(true));

    /** Opens or creates the store in {@code directory}; throws {@link StorageOpenException}. */
    public static RowDatabase open(Path directory, StorageConfiguration configuration) {
        FormatFile format = new FormatFile(directory);
        boolean create = format.prepare();
        NativeLibrary.load(directory);
        try {
            RowDatabase opened = new RowDatabase(directory, configuration, create);
            if (create) {
                format.complete();
            }
            return opened;
        } catch (RocksDBException e) {
            throw OpenFailure.describe(directory, e);
        }
    }

    private RowDatabase(Path directory, StorageConfiguration configuration, boolean create) throws RocksDBException {
        DBOptions options = own(databaseOptions(configuration, create));
        Cache blocks = own(new LRUCache(configuration.blockCacheBytes()));
        List<ColumnFamilyDescriptor> descriptors = List.of(
                new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, own(rowOptions(configuration, blocks))),
                new ColumnFamilyDescriptor(STATE_FAMILY, own(new ColumnFamilyOptions())));
        try {
            database = RocksDB.open(options, directory.toString(), descriptors, families);
        } catch (RocksDBException e) {
            closeOwned();
            throw e;
        }
        state = families.get(1);
    }

    private static DBOptions databaseOptions(StorageConfiguration configuration, boolean create) {
        return new DBOptions()
                .setCreateIfMissing(create)
                .setCreateMissingColumnFamilies(create)
                .setAtomicFlush(true)
                .setAvoidFlushDuringShutdown(true)
                .setAllowConcurrentMemtableWrite(true)
                .setMaxBackgroundJobs(configuration.backgroundJobs())
                .setMaxOpenFiles(-1)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setKeepLogFileNum(2)
                .setStatsDumpPeriodSec(0)
                .setStatsPersistPeriodSec(0);
    }

    private static ColumnFamilyOptions rowOptions(StorageConfiguration configuration, Cache blocks) {
        BlockBasedTableConfig table = new BlockBasedTableConfig()
                .setBlockCache(blocks)
                .setBlockSize(8 << 10)
                .setFormatVersion(6);
        return new ColumnFamilyOptions()
                .setTableFormatConfig(table)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setWriteBufferSize(configuration.writeBufferBytes())
                .setMaxWriteBufferNumber(4)
                .setLevel0SlowdownWritesTrigger(40)
                .setLevel0StopWritesTrigger(60)
                .setMaxBytesForLevelBase(Math.max(LEVEL_BASE_BYTES, 4 * configuration.writeBufferBytes()));
    }

    /** The number of the state's family, for {@link VersionBatch}. */
    public int stateFamily() {
        return state.getID();
    }

    /** A view of everything written so far. The caller closes it before the store. */
    public RocksView newView() {
        return new RocksView(database.newIterator(families.get(0), readOptions));
    }

    @Override
    public void write(VersionBatch batch) {
        try (WriteBatch rocksBatch = new WriteBatch(batch.toBytes())) {
            database.write(writeOptions, rocksBatch);
        } catch (RocksDBException e) {
            throw new DiskFailure("cannot write to the store: " + e.getMessage(), e);
        }
    }

    public byte @Nullable [] state(byte[] key) {
        return state(key, readOptions);
    }

    /** As {@link #state}, but what a crash at this moment would leave. */
    public byte @Nullable [] persistedState(byte[] key) {
        return state(key, persistedOnly);
    }

    private byte @Nullable [] state(byte[] key, ReadOptions options) {
        try {
            return database.get(state, options, key);
        } catch (RocksDBException e) {
            throw new DiskFailure("cannot read the store: " + e.getMessage(), e);
        }
    }

    /** Every piece of state whose key starts with {@code prefix}. */
    public void forEachState(byte[] prefix, BiConsumer<byte[], byte[]> visitor) {
        try (RocksIterator iterator = database.newIterator(state, readOptions)) {
            for (iterator.seek(prefix); iterator.isValid(); iterator.next()) {
                byte[] key = iterator.key();
                if (!Keys.startsWith(key, prefix)) {
                    break;
                }
                visitor.accept(key, iterator.value());
            }
            iterator.status();
        } catch (RocksDBException e) {
            throw new DiskFailure("cannot read the store: " + e.getMessage(), e);
        }
    }

    /** Puts everything written before the call onto the disk; returns when it is there. */
    public void flush() {
        try {
            database.flush(flushOptions, families);
        } catch (RocksDBException e) {
            throw new DiskFailure("cannot flush the store: " + e.getMessage(), e);
        }
    }

    /** Makes a copy of what has been written in a directory that does not exist yet; files that are complete are shared. */
    public void checkpoint(Path target) {
        try (Checkpoint checkpoint = Checkpoint.create(database)) {
            checkpoint.createCheckpoint(target.toString());
        } catch (RocksDBException e) {
            throw new DiskFailure("cannot copy the store: " + e.getMessage(), e);
        }
    }

    /** Drops files that lie between two stored keys, whose versions have been removed already. */
    public void dropFiles(byte[] from, byte[] to) {
        try {
            database.deleteFilesInRanges(families.get(0), List.of(from, to), false);
        } catch (RocksDBException e) {
            throw new DiskFailure("cannot drop files of the store: " + e.getMessage(), e);
        }
    }

    /** Closes without flushing: what was not flushed is left to the journal, as after a crash. */
    public void close() {
        for (ColumnFamilyHandle family : families) {
            family.close();
        }
        database.close();
        closeOwned();
    }

    private void closeOwned() {
        for (int i = owned.size() - 1; i >= 0; i--) {
            owned.get(i).close();
        }
    }

    private <T extends RocksObject> T own(T object) {
        owned.add(object);
        return object;
    }
}
