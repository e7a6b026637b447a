package dev.boreal.bench.journal;

import dev.boreal.bench.server.BenchmarkException;
import dev.boreal.bench.server.Workspace;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Nodes of etcd as it comes, on the loopback, each with a directory of its own, and puts to the one that leads. The keys are 10,000,
 * in turn.
 */
final class EtcdCluster implements AppendTarget {
    private static final int KEYS = 10_000;
    private static final int START_SECONDS = 30;
    private static final long PAUSE_MILLIS = 100;

    private final Workspace workspace;
    private final List<Process> processes = new ArrayList<>();
    private final List<ManagedChannel> connections = new ArrayList<>();
    private final byte[][] keys = new byte[KEYS][];
    private int turn;

    private EtcdCluster(Workspace workspace) {
        this.workspace = workspace;
        for (int i = 0; i < KEYS; i++) {
            keys[i] = String.format("%08d", i).getBytes(StandardCharsets.UTF_8);
        }
    }

    /**
     * Starts it and finds its leader.
     *
     * @param program etcd's
     * @param connections over which puts travel, in turn
     */
    static EtcdCluster start(Workspace workspace, Path program, int nodes, int connections)
            throws BenchmarkException, IOException, InterruptedException {
        if (!Files.isExecutable(program)) {
            throw new BenchmarkException("there is no etcd at " + program
                    + ": install it (Debian, Ubuntu: apt-get install etcd-server) or name it with --etcd");
        }
        EtcdCluster cluster = new EtcdCluster(workspace);
        int[] clientPorts = cluster.startNodes(program, nodes);
        int leader = cluster.awaitLeader(clientPorts);
        for (int i = 0; i < connections; i++) {
            cluster.connections.add(channel(leader));
        }
        return cluster;
    }

    private int[] startNodes(Path program, int nodes) throws IOException {
        int[] clientPorts = new int[nodes];
        List<String> peers = new ArrayList<>();
        StringBuilder initial = new StringBuilder();
        for (int i = 0; i < nodes; i++) {
            clientPorts[i] = Workspace.freePort();
            peers.add("http://127.0.0.1:" + Workspace.freePort());
            initial.append(i == 0 ? "" : ",")
                    .append("node-")
                    .append(i)
                    .append('=')
                    .append(peers.get(i));
        }
        for (int i = 0; i < nodes; i++) {
            String clients = "http://127.0.0.1:" + clientPorts[i];
            ProcessBuilder builder = new ProcessBuilder(
                            program.toString(),
                            "--name=node-" + i,
                            "--data-dir=" + workspace.directory().resolve("etcd-" + i),
                            "--listen-client-urls=" + clients,
                            "--advertise-client-urls=" + clients,
                            "--listen-peer-urls=" + peers.get(i),
                            "--initial-advertise-peer-urls=" + peers.get(i),
                            "--initial-cluster=" + initial,
                            "--initial-cluster-state=new",
                            "--quota-backend-bytes=8589934592",
                            "--logger=zap",
                            "--log-level=warn")
                    .redirectErrorStream(true)
                    .redirectOutput(
                            workspace.directory().resolve("etcd-" + i + ".log").toFile());
            processes.add(workspace.start(builder, "TERM"));
        }
        return clientPorts;
    }

    private int awaitLeader(int[] ports) throws BenchmarkException, IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (System.nanoTime() < deadline) {
            for (int port : ports) {
                byte[] status = status(port);
                if (status != null && EtcdMessages.leads(status)) {
                    return port;
                }
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        throw new BenchmarkException("no node of etcd leads after " + START_SECONDS + " s; node-0 says:\n"
                + Files.readString(workspace.directory().resolve("etcd-0.log")).strip());
    }

    /** What a node says of itself, or null if it does not answer. */
    private static byte @Nullable [] status(int port) {
        ManagedChannel channel = channel(port);
        CompletableFuture<byte[]> status = new CompletableFuture<>();
        call(channel, EtcdMessages.STATUS, new byte[0], new ClientCall.Listener<byte[]>() {
            @Override
            public void onMessage(byte[] message) {
                status.complete(message);
            }

            @Override
            public void onClose(Status why, Metadata trailers) {
                status.complete(new byte[0]);
            }
        });
        byte[] answer =
                status.completeOnTimeout(new byte[0], 1, TimeUnit.SECONDS).join();
        channel.shutdownNow();
        return answer.length == 0 ? null : answer;
    }

    private static void call(
            ManagedChannel channel,
            MethodDescriptor<byte[], byte[]> method,
            byte[] message,
            ClientCall.Listener<byte[]> listener) {
        ClientCall<byte[], byte[]> call = channel.newCall(method, CallOptions.DEFAULT);
        call.start(listener, new Metadata());
        call.request(1);
        call.sendMessage(message);
        call.halfClose();
    }

    private static ManagedChannel channel(int port) {
        return NettyChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .directExecutor()
                .build();
    }

    @Override
    public String name() {
        return "etcd";
    }

    @Override
    public void append(byte[] payload, Answer answer) {
        byte[] message;
        ManagedChannel connection;
        synchronized (this) {
            turn++;
            message = EtcdMessages.put(keys[turn % KEYS], payload);
            connection = connections.get(turn % connections.size());
        }
        call(connection, EtcdMessages.PUT, message, new PutListener(answer));
    }

    private static final class PutListener extends ClientCall.Listener<byte[]> {
        private final Answer answer;

        PutListener(Answer answer) {
            this.answer = answer;
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            if (status.isOk()) {
                answer.onDurable();
            } else {
                answer.onFailed(status.toString());
            }
        }
    }

    @Override
    public void close() {
        connections.forEach(ManagedChannel::shutdownNow);
        processes.forEach(workspace::stop);
    }
}
