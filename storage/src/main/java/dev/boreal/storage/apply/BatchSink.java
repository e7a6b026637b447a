package dev.boreal.storage.apply;

import dev.boreal.storage.version.VersionBatch;

/** Where batches go. */
public interface BatchSink {

    /**
     * Makes a batch readable as a whole, behind all earlier ones: what survives a crash is a prefix of the batches.
     * Throws {@link dev.boreal.storage.DiskFailure}; nothing of the batch is readable then.
     */
    void write(VersionBatch batch);
}
