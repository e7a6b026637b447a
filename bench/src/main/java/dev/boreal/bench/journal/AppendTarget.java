package dev.boreal.bench.journal;

/** What takes entries and makes them durable on several replicas. */
public interface AppendTarget extends AutoCloseable {

    String name();

    /** Appends one entry. Never waits; {@code answer} hears once, on any thread, perhaps before this returns. */
    void append(byte[] payload, Answer answer);

    @Override
    void close();

    /** Hears what became of an entry. Does not wait. */
    interface Answer {
        void onDurable();

        void onFailed(String reason);
    }
}
