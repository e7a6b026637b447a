package dev.boreal.bench.server;

/** Why a benchmark cannot be run: something for its user to put right. */
public final class BenchmarkException extends Exception {
    private static final long serialVersionUID = 1L;

    public BenchmarkException(String message) {
        super(message);
    }
}
