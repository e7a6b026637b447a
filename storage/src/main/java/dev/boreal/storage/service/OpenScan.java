package dev.boreal.storage.service;

import dev.boreal.contracts.door.Storage;
import dev.boreal.contracts.read.RowBatch;
import dev.boreal.storage.DiskFailure;
import dev.boreal.storage.read.RowScan;
import dev.boreal.storage.read.RowScan.Progress;

/**
 * A scan behind the door. It owns its view, busy only while a batch is being filled, so that the room can close under it:
 * the next pull is refused then. The view is fixed when the scan opens: trimming never takes a row from a running scan.
 */
final class OpenScan implements Storage.Scan {
    /** Versions looked at between two looks around. */
    static final int PORTION = 4096;

    private final Views views;
    private final View view;
    private final RowScan scan;
    private boolean released;

    /** {@code view} is busy for the caller and is parked here. */
    OpenScan(Views views, View view, RowScan scan) {
        this.views = views;
        this.view = view;
        this.scan = scan;
        view.exit();
    }

    @Override
    public boolean next(RowBatch batch) {
        batch.clear();
        while (fill(batch)) {
            if (Thread.interrupted()) {
                throw Refusal.interrupted();
            }
        }
        return batch.rows() > 0;
    }

    /** One portion; true if the batch wants more. The lock is for a close from another thread. */
    private synchronized boolean fill(RowBatch batch) {
        if (released) {
            return false;
        }
        if (!view.enter()) {
            throw Refusal.closed();
        }
        Progress progress = Progress.END;
        try {
            progress = scan.fill(batch, PORTION);
        } catch (DiskFailure e) {
            throw Refusal.disk(e);
        } finally {
            if (progress == Progress.END) {
                release();
            } else {
                view.exit();
            }
        }
        return progress == Progress.PAUSED;
    }

    @Override
    public synchronized void close() {
        if (!released && view.enter()) {
            release();
        }
        released = true;
    }

    private void release() {
        released = true;
        scan.close();
        views.release(view);
    }
}
