package dev.boreal.bench;

import dev.boreal.bench.report.Measurement;
import dev.boreal.bench.server.Server;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Which measurements make up a comparison, in their order. */
final class ComparisonPlan {
    static final Set<String> WORKLOADS = Set.of("select-only", "simple-update", "commit", "tpcb", "copy", "scan");

    private static final int TPCB_CLIENTS = 32;
    private static final int MARKED_CLIENTS = 32;
    private static final int MARKED_CLIENTS_OF_ZONES = 64;

    /** One run of a workload on a server; {@code repetition} counts from 1. */
    interface Run {
        Measurement on(Server server, int repetition) throws IOException, InterruptedException;
    }

    /** Runs one of pgbench's scripts for a time. */
    interface Script {
        Measurement run(Server server, String script, String protocol, int clients, int seconds, int seed)
                throws IOException, InterruptedException;
    }

    /** A line of the table to be. */
    record Cell(String workload, String protocol, int clients, String unit, double mark, Run run) {}

    private ComparisonPlan() {}

    /**
     * Marks stand beside the cells that they were set for.
     *
     * @param zones of the cluster that is measured; 1 for a single process
     */
    static List<Cell> of(Set<String> workloads, List<Integer> clients, int zones, int seconds, Script script) {
        int markedClients = zones == 1 ? MARKED_CLIENTS : MARKED_CLIENTS_OF_ZONES;
        List<Cell> cells = new ArrayList<>();
        for (String name : List.of("select-only", "simple-update")) {
            for (String protocol : List.of("prepared", "simple")) {
                for (int count : clients) {
                    if (workloads.contains(name)) {
                        boolean marked = count == markedClients && (zones == 1 || name.equals("simple-update"));
                        double mark = marked ? mark(name, protocol) : 0;
                        cells.add(scripted(name, name, protocol, count, mark, seconds, script));
                    }
                }
            }
        }
        if (workloads.contains("commit")) {
            cells.add(scripted("commit", "commit", "prepared", 1, 0, seconds, script));
        }
        if (workloads.contains("tpcb")) {
            for (String protocol : List.of("prepared", "simple")) {
                cells.add(scripted("tpcb", "tpcb-like", protocol, TPCB_CLIENTS, 0, seconds, script));
            }
        }
        return cells;
    }

    private static double mark(String workload, String protocol) {
        return workload.equals("select-only") && protocol.equals("simple") ? 0.8 : 1.0;
    }

    private static Cell scripted(
            String name, String script, String protocol, int clients, double mark, int seconds, Script runner) {
        return new Cell(
                name,
                protocol,
                clients,
                "tps",
                mark,
                (server, repetition) -> runner.run(server, script, protocol, clients, seconds, repetition));
    }
}
