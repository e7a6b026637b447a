package dev.boreal.storage.service;

import dev.boreal.contracts.read.ReadRefused;
import dev.boreal.contracts.read.ReadRefused.Reason;
import dev.boreal.storage.DiskFailure;

/** The refusals of the door, worded once. */
final class Refusal {
    private Refusal() {}

    static ReadRefused closed() {
        return new ReadRefused(Reason.UNAVAILABLE, "storage is closed");
    }

    static ReadRefused failed(String failure) {
        return new ReadRefused(Reason.UNAVAILABLE, "storage has stopped: " + failure);
    }

    static ReadRefused disk(DiskFailure failure) {
        return new ReadRefused(Reason.UNAVAILABLE, "storage " + failure.getMessage(), failure);
    }

    static ReadRefused copying() {
        return new ReadRefused(Reason.UNAVAILABLE, "storage gives a copy to another replica already");
    }

    static ReadRefused interrupted() {
        return new ReadRefused(Reason.INTERRUPTED, "the read was interrupted");
    }

    static ReadRefused timedOut(long asOf, long watermark, long timeoutNanos) {
        return new ReadRefused(
                Reason.TIMED_OUT,
                "storage did not reach the snapshot " + asOf + " within " + timeoutNanos / 1_000_000
                        + " ms; its watermark is " + watermark);
    }

    static ReadRefused tooOld(long asOf, long horizon) {
        return new ReadRefused(
                Reason.SNAPSHOT_TOO_OLD,
                "the snapshot " + asOf + " lies before the trim horizon " + horizon
                        + ": the transaction is older than history.retention");
    }
}
