package dev.boreal.controlplane.service;

import dev.boreal.controlplane.disk.DecreeLogFile;
import dev.boreal.controlplane.paxos.LogRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * The thread that writes a member's log: whatever has gathered with one sync. So a slow disk keeps a member from acknowledging, and not
 * from hearing and being heard.
 */
final class LogWriter {
    private record Batch(List<LogRecord> records, long lastRecord, boolean needsSync) {}

    private static final Batch STOP = new Batch(List.of(), 0, false);

    private final DecreeLogFile log;
    private final LongConsumer onDurable;
    private final Consumer<Exception> onFailed;
    private final LinkedBlockingQueue<Batch> batches = new LinkedBlockingQueue<>();
    private final Thread thread;

    /**
     * @param onDurable hears the number of the last record that is durable, on the writer's thread
     * @param onFailed hears that the disk failed, once; nothing is written any more
     */
    LogWriter(String name, DecreeLogFile log, LongConsumer onDurable, Consumer<Exception> onFailed) {
        this.log = log;
        this.onDurable = onDurable;
        this.onFailed = onFailed;
        thread = Thread.ofPlatform()
                .daemon()
                .name("control-plane-" + name + "-disk")
                .unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    void write(List<LogRecord> records, long lastRecord, boolean needsSync) {
        batches.add(new Batch(records, lastRecord, needsSync));
    }

    private void run() {
        List<Batch> taken = new ArrayList<>();
        try {
            while (true) {
                taken.add(batches.take());
                batches.drainTo(taken);
                if (taken.contains(STOP)) {
                    return;
                }
                write(taken);
                taken.clear();
            }
        } catch (IOException | RuntimeException | InterruptedException e) {
            onFailed.accept(e);
        }
    }

    private void write(List<Batch> taken) throws IOException {
        List<LogRecord> records = new ArrayList<>();
        boolean needsSync = false;
        long last = 0;
        for (Batch batch : taken) {
            records.addAll(batch.records());
            needsSync |= batch.needsSync();
            last = batch.lastRecord();
        }
        log.append(records);
        if (needsSync) {
            log.sync();
            onDurable.accept(last);
        }
    }

    /** Writes no more, and closes the log. */
    void close() throws IOException {
        batches.add(STOP);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        log.close();
    }
}
