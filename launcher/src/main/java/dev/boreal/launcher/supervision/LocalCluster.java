package dev.boreal.launcher.supervision;

import dev.boreal.contracts.cluster.ReplicationMode;
import dev.boreal.contracts.cluster.Role;
import dev.boreal.launcher.cluster.ClusterConfiguration;
import dev.boreal.launcher.cluster.ClusterFileReader;
import dev.boreal.launcher.cluster.ClusterTemplate;
import dev.boreal.launcher.cluster.JournalTemplate;
import dev.boreal.launcher.cluster.MemberSection;
import dev.boreal.launcher.disk.ControlFile;
import dev.boreal.launcher.disk.StatusFile;
import dev.boreal.launcher.disk.StatusFile.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A directory with a {@code cluster.yaml} and the processes of the members that run on this machine. Any thread may call;
 * two commands at once may get in one another's way, but never start a member twice: its directory is locked.
 */
public final class LocalCluster {
    public static final String FILE = "cluster.yaml";

    private static final int FIRST_CLIENT_PORT = 5432;
    private static final int DOORS_ABOVE_CLIENTS = 2_000;
    private static final int FIRST_JOURNAL_PORT = 9_432;
    private static final long STEP_MILLIS = 25;
    private static final long START_SECONDS = 120;
    private static final long STOP_SECONDS = 20;

    private final Path file;
    private final ClusterConfiguration configuration;
    private final MemberProcess processes;

    private LocalCluster(Path file) throws IOException {
        this(file, ClusterFileReader.read(file), JavaLaunch.likeThisProcess());
    }

    private LocalCluster(Path file, ClusterConfiguration configuration, JavaLaunch java) {
        this.file = file;
        this.configuration = configuration;
        processes = new MemberProcess(file, file.resolveSibling(""), file.resolveSibling("logs"), java);
    }

    /** The same cluster, whose processes are started in another way from now on. */
    public LocalCluster startedBy(JavaLaunch java) {
        return new LocalCluster(file, configuration, java);
    }

    /**
     * The cluster of a directory.
     *
     * @throws ClusterException if there is none
     */
    public static LocalCluster open(Path directory) throws IOException, ClusterException {
        Path file = file(directory);
        if (!Files.exists(file)) {
            throw new ClusterException(
                    "there is no cluster in " + directory + ": ./boreal cluster up or ./boreal journal"
                            + " up makes one, and --data names another directory");
        }
        return new LocalCluster(file);
    }

    public static boolean exists(Path directory) {
        return Files.exists(file(directory));
    }

    /**
     * Makes a cluster in a directory that is empty or not there.
     *
     * @param port where the first query processor serves clients, the others at the ports behind it; 0 takes free ones
     * @throws ClusterException if the directory holds something, or a port is taken
     */
    public static LocalCluster create(Path directory, int zones, int port) throws IOException, ClusterException {
        requireEmpty(directory);
        requireFree(port, zones);
        int first = port == 0 ? FIRST_CLIENT_PORT : port;
        ClusterTemplate template = new ClusterTemplate(name(directory, "boreal"), zones);
        return write(directory, template.text(new FreePorts(first + DOORS_ABOVE_CLIENTS), new FreePorts(first)));
    }

    /**
     * Makes a journal that is used by itself, in a directory that is empty or not there.
     *
     * @param port where the first member of the control plane listens, everybody else at the ports behind it; 0 takes free ones
     * @throws ClusterException if the directory holds something, or a port is taken
     */
    public static LocalCluster createJournal(Path directory, int replicas, ReplicationMode mode, int port)
            throws IOException, ClusterException {
        JournalTemplate template = new JournalTemplate(name(directory, "journal"), replicas, mode);
        requireEmpty(directory);
        requireFree(port, template.ports());
        return write(directory, template.text(new FreePorts(port == 0 ? FIRST_JOURNAL_PORT : port)));
    }

    private static void requireEmpty(Path directory) throws IOException, ClusterException {
        if (Files.isDirectory(directory)) {
            try (Stream<Path> files = Files.list(directory)) {
                if (files.findAny().isPresent()) {
                    throw new ClusterException("directory " + directory + " holds files but no " + FILE
                            + ": name an empty one with --data");
                }
            }
        }
    }

    private static void requireFree(int port, int count) throws ClusterException {
        for (int i = 0; port != 0 && i < count; i++) {
            if (!FreePorts.isFree("127.0.0.1", port + i)) {
                throw new ClusterException("port " + (port + i)
                        + " is taken by another program: name another one with --port, or none to take free ones");
            }
        }
    }

    private static String name(Path directory, String otherwise) {
        String name = String.valueOf(directory.toAbsolutePath().normalize().getFileName())
                .toLowerCase(Locale.ROOT);
        return name.matches("[a-z0-9]([a-z0-9-]{0,40}[a-z0-9])?") ? name : otherwise;
    }

    private static LocalCluster write(Path directory, String text) throws IOException {
        Path file = file(directory);
        Files.createDirectories(directory.toAbsolutePath().normalize());
        Files.writeString(file, text, StandardCharsets.UTF_8);
        return new LocalCluster(file);
    }

    private static Path file(Path directory) {
        return directory.toAbsolutePath().normalize().resolve(FILE);
    }

    public ClusterConfiguration configuration() {
        return configuration;
    }

    /** Which of Boreal's commands are about it: those of a cluster, or those of a journal by itself. */
    public String command() {
        return configuration.members(Role.QUERY_PROCESSOR).isEmpty() ? "journal" : "cluster";
    }

    /** The member of that name. */
    public MemberSection member(String name) throws ClusterException {
        MemberSection member = configuration.member(name);
        if (member == null) {
            throw new ClusterException("no member is called \"" + name + "\"; there are "
                    + String.join(
                            ", ",
                            configuration.members().stream()
                                    .map(MemberSection::name)
                                    .toList()));
        }
        return member;
    }

    // Looking -----------------------------------------------------------------------------------------------------

    public MemberState state(MemberSection member) throws IOException, InterruptedException {
        ControlFile.Running running = new ControlFile(member.data()).running();
        if (running == null) {
            return new MemberState(member, MemberState.Condition.DOWN, 0, null);
        }
        ProcessHandle process = running.process();
        Status said = new StatusFile(member.data()).read();
        Status status = said != null && said.pid() == process.pid() ? said : null;
        MemberState.Condition condition = Signals.isPaused(process)
                ? MemberState.Condition.PAUSED
                : status != null && status.ready() ? MemberState.Condition.UP : MemberState.Condition.STARTING;
        return new MemberState(member, condition, process.pid(), status);
    }

    private ProcessHandle process(MemberSection member) throws IOException, ClusterException {
        ControlFile.Running running = new ControlFile(member.data()).running();
        if (running == null) {
            throw new ClusterException(member.name() + " does not run: ./boreal " + command() + " restart "
                    + member.name() + " starts it");
        }
        return running.process();
    }

    // Starting ----------------------------------------------------------------------------------------------------

    /** Starts the members that do not run, role by role, and returns when each of them is ready. */
    public void up(StartProgress progress) throws IOException, ClusterException, InterruptedException {
        List<MemberSection> absent = new ArrayList<>();
        for (MemberSection member : configuration.members()) {
            switch (state(member).condition()) {
                case DOWN -> absent.add(member);
                case PAUSED ->
                    throw new ClusterException(member.name() + " is paused: ./boreal " + command() + " resume "
                            + member.name() + " wakes it");
                case STARTING, UP -> {}
            }
        }
        for (MemberSection member : absent) {
            checkPorts(member);
        }
        for (Role role : Role.values()) {
            List<MemberSection> ofRole =
                    absent.stream().filter(member -> member.role() == role).toList();
            if (!ofRole.isEmpty()) {
                progress.onStarting(role, ofRole);
                List<Process> started = new ArrayList<>();
                for (MemberSection member : ofRole) {
                    started.add(processes.start(member));
                }
                for (int i = 0; i < ofRole.size(); i++) {
                    awaitReady(ofRole.get(i), started.get(i));
                }
            }
        }
    }

    /** Hears how far a start has come. */
    public interface StartProgress {
        void onStarting(Role role, List<MemberSection> members);
    }

    /** Starts members that do not run, and those that do anew (SIGKILL); all at once; returns when all are ready. */
    public void restart(List<MemberSection> members) throws IOException, ClusterException, InterruptedException {
        List<MemberSection> alive = new ArrayList<>();
        for (MemberSection member : members) {
            if (state(member).condition() != MemberState.Condition.DOWN) {
                alive.add(member);
            }
        }
        kill(alive);
        for (MemberSection member : members) {
            checkPorts(member);
        }
        List<Process> started = new ArrayList<>();
        for (MemberSection member : members) {
            started.add(processes.start(member));
        }
        for (int i = 0; i < started.size(); i++) {
            awaitReady(members.get(i), started.get(i));
        }
    }

    private static void checkPorts(MemberSection member) throws ClusterException {
        if (member.networkNamespace() != null) {
            return; // Its ports are not this process's: it finds out by itself.
        }
        for (int port : new int[] {member.port(), member.clientPort()}) {
            if (port != 0 && !FreePorts.isFree(member.host(), port)) {
                throw new ClusterException("port " + port + " of " + member.name()
                        + " is taken by another program: end that one, or give the member another port in " + FILE);
            }
        }
    }

    private void awaitReady(MemberSection member, Process started)
            throws IOException, ClusterException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (System.nanoTime() < deadline) {
            Status status = new StatusFile(member.data()).read();
            if (status != null && status.pid() == started.pid() && status.ready()) {
                return;
            }
            if (!started.isAlive()) {
                throw new ClusterException(member.name() + " ended instead of starting. The end of "
                        + processes.log(member) + ":" + processes.lastWords(member));
            }
            Thread.sleep(STEP_MILLIS);
        }
        throw new ClusterException(member.name() + " was not ready after " + START_SECONDS + " s. The end of "
                + processes.log(member) + ":" + processes.lastWords(member));
    }

    // Stopping and hurting ----------------------------------------------------------------------------------------

    /** SIGKILL, to all at once; returns when the processes are gone. */
    public void kill(List<MemberSection> members) throws IOException, ClusterException, InterruptedException {
        List<ProcessHandle> victims = running(members);
        victims.forEach(ProcessHandle::destroyForcibly);
        for (int i = 0; i < victims.size(); i++) {
            if (!isGone(victims.get(i), STOP_SECONDS)) {
                throw new ClusterException("process " + victims.get(i).pid() + " of "
                        + members.get(i).name() + " does not die");
            }
        }
    }

    /** SIGSTOP, to all at once. */
    public void pause(List<MemberSection> members) throws IOException, ClusterException, InterruptedException {
        Signals.pause(running(members));
    }

    /** SIGCONT, to all at once. */
    public void resume(List<MemberSection> members) throws IOException, ClusterException, InterruptedException {
        Signals.resume(running(members));
    }

    private List<ProcessHandle> running(List<MemberSection> members) throws IOException, ClusterException {
        List<ProcessHandle> running = new ArrayList<>();
        for (MemberSection member : members) {
            running.add(process(member));
        }
        return running;
    }

    /** Asks every process to stop, from the clients inwards, and kills those that do not; how many there were. */
    public int down() throws IOException, InterruptedException {
        int stopped = 0;
        List<Role> inwards = new ArrayList<>(List.of(Role.values()));
        for (Role role : inwards.reversed()) {
            List<ProcessHandle> asked = new ArrayList<>();
            for (MemberSection member : configuration.members(role)) {
                ControlFile.Running running = new ControlFile(member.data()).running();
                if (running != null) {
                    Signals.resume(List.of(running.process()));
                    running.process().destroy();
                    asked.add(running.process());
                }
            }
            for (ProcessHandle process : asked) {
                if (!isGone(process, STOP_SECONDS)) {
                    process.destroyForcibly();
                    isGone(process, STOP_SECONDS);
                }
                stopped++;
            }
        }
        return stopped;
    }

    private static boolean isGone(ProcessHandle process, long seconds) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (ControlFile.runs(process)) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.sleep(STEP_MILLIS);
        }
        return true;
    }

    public Path file() {
        return file;
    }
}
