package dev.boreal.queryprocessor.session;

import dev.boreal.contracts.door.ResultSink;
import java.util.Map;
import java.util.TreeMap;

/** What a client knows of its parameters, so that it is told what changes. One thread at a time. */
final class ReportedParameters {
    private final Settings settings;
    private Map<String, String> told = Map.of();
    private long toldGeneration = -1;

    ReportedParameters(Settings settings) {
        this.settings = settings;
    }

    /** All of them, for a client that knows none. */
    Map<String, String> all() {
        told = settings.reported();
        toldGeneration = settings.generation();
        return new TreeMap<>(told);
    }

    /** Sends what changed since. */
    void tell(ResultSink sink) {
        if (toldGeneration == settings.generation()) {
            return;
        }
        toldGeneration = settings.generation();
        Map<String, String> now = settings.reported();
        for (Map.Entry<String, String> entry : now.entrySet()) {
            if (!entry.getValue().equals(told.get(entry.getKey()))) {
                sink.parameterStatus(entry.getKey(), entry.getValue());
            }
        }
        told = now;
    }
}
