package dev.boreal.transport.storage;

import java.util.concurrent.Semaphore;

/** How many batches of a scan may be sent. One thread takes, any adds. */
final class ScanCredit {
    private final Semaphore batches;

    ScanCredit(int batches) {
        this.batches = new Semaphore(batches);
    }

    void add(int more) {
        if (more > 0) {
            batches.release(more);
        }
    }

    /** Waits for credit; false if the thread was interrupted. */
    boolean take() {
        try {
            batches.acquire();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
