package dev.boreal.launcher.cluster;

import dev.boreal.contracts.cluster.ReplicationMode;
import dev.boreal.contracts.cluster.Role;
import dev.boreal.launcher.configuration.InvalidConfigurationException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Reads {@code cluster.yaml}, collecting every fault before it gives up. Used once, by one thread. */
public final class ClusterFileReader {
    private static final Endpoint NOWHERE = new Endpoint(MemberReader.DEFAULT_HOST, 0);

    private final Faults faults;
    private final Path directory;

    private ClusterFileReader(String file, Path directory) {
        this.faults = new Faults(file);
        this.directory = directory;
    }

    /**
     * Reads a file; relative paths in it are below its directory.
     *
     * @throws IOException if there is no such file
     * @throws InvalidConfigurationException naming everything that is wrong, with lines
     */
    public static ClusterConfiguration read(Path file) throws IOException {
        String text;
        try {
            text = Files.readString(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new IOException("there is no file " + file, e);
        }
        return parse(file.toString(), text, file.toAbsolutePath().normalize().resolveSibling(""));
    }

    static ClusterConfiguration parse(String file, String text, Path directory) {
        return new ClusterFileReader(file, directory).read(file, text);
    }

    private ClusterConfiguration read(String file, String text) {
        Node root;
        try {
            root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
        } catch (MarkedYAMLException e) {
            faults.add(e.getProblemMark(), "is not YAML: " + e.getProblem());
            throw faults.exception();
        }
        if (root == null) {
            throw new InvalidConfigurationException(List.of(file + ":1: the file is empty"));
        }
        YamlSection section = new YamlSection(root, "the file", faults);
        ClusterConfiguration configuration = read(section);
        section.refuseOthers();
        if (!faults.isEmpty()) {
            throw faults.exception();
        }
        return configuration;
    }

    private ClusterConfiguration read(YamlSection file) {
        String cluster = file.required("cluster", "my-cluster");
        boolean trusted = file.read("trusted-network", false, ClusterFileReader::truth);
        MemberReader reader = new MemberReader(file, directory, trusted, faults);
        reader.checkName(file.nodeOf("cluster"), "a cluster's id", cluster);
        List<String> zones = new ArrayList<>(file.words("zones").keySet());
        List<MemberSection> members = members(file, reader, zones);
        SortedMap<String, Endpoint> controlPlane = controlPlane(file, reader, members);
        List<JournalSection> journals = journals(file, reader, members);
        return new ClusterConfiguration(cluster, zones, members, controlPlane, journals, routes(file, zones));
    }

    private SortedMap<String, SortedMap<String, Endpoint>> routes(YamlSection file, List<String> zones) {
        SortedMap<String, SortedMap<String, Endpoint>> routes = new TreeMap<>();
        YamlSection section = file.section("routes", "routes");
        if (section == null) {
            return routes;
        }
        for (String zone : List.copyOf(section.keys())) {
            if (!zones.contains(zone)) {
                faults.add(
                        section.keyNode(zone),
                        "there is no zone \"" + zone + "\" among zones: " + String.join(", ", zones));
            }
            SortedMap<String, Endpoint> ofZone = new TreeMap<>();
            YamlSection targets = section.section(zone, "routes of zone " + zone);
            if (targets != null) {
                for (String member : List.copyOf(targets.keys())) {
                    ofZone.put(member, targets.read(member, NOWHERE, ClusterFileReader::endpoint));
                }
            }
            routes.put(zone, ofZone);
        }
        return routes;
    }

    private static Endpoint endpoint(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("is not a host and a port, such as 127.0.0.1:7000");
        }
        return new Endpoint(text.substring(0, colon), MemberReader.port(text.substring(colon + 1)));
    }

    private List<MemberSection> members(YamlSection file, MemberReader reader, List<String> zones) {
        List<MemberSection> members = new ArrayList<>();
        Map<String, Node> names = new HashMap<>();
        Map<Endpoint, String> endpoints = new HashMap<>();
        boolean zonesGiven = !zones.isEmpty();
        for (YamlSection section : file.sections("members", "a member")) {
            MemberSection member = reader.read(section, zonesGiven ? zones : List.of());
            if (!member.name().isEmpty() && names.putIfAbsent(member.name(), section.node()) != null) {
                faults.add(section.nodeOf("name"), "two members are called \"" + member.name() + "\"");
            }
            for (int port : new int[] {member.port(), member.clientPort()}) {
                String other = port == 0 ? null : endpoints.put(new Endpoint(member.host(), port), member.name());
                if (other != null) {
                    faults.add(
                            section.node(),
                            member.name() + " and " + other + " have the same address " + member.host() + ":" + port);
                }
            }
            if (!zonesGiven && !member.zone().isEmpty() && !zones.contains(member.zone())) {
                zones.add(member.zone());
            }
            members.add(member);
        }
        if (members.isEmpty() && faults.isEmpty()) {
            faults.add(file.nodeOf("members"), "members names at least one process");
        }
        return members;
    }

    private SortedMap<String, Endpoint> controlPlane(
            YamlSection file, MemberReader reader, List<MemberSection> members) {
        SortedMap<String, Endpoint> addresses = new TreeMap<>();
        Map<String, Endpoint> ownSections = new LinkedHashMap<>();
        for (MemberSection member : members) {
            if (member.role() == Role.CONTROL_PLANE) {
                ownSections.put(member.name(), new Endpoint(member.host(), member.port()));
            }
        }
        for (YamlSection section : file.sections("control-plane", "an address of the control plane")) {
            String name = section.required("name", "control-plane-a");
            reader.checkName(section.nodeOf("name"), "a member's name", name);
            Endpoint endpoint = new Endpoint(reader.host(section), section.read("port", 0, MemberReader::port));
            if (endpoint.port() == 0) {
                faults.add(section.node(), "an address of the control plane needs a \"port\" between 1 and 65535");
            }
            Endpoint own = ownSections.get(name);
            if (own != null && !own.equals(endpoint)) {
                faults.add(section.node(), name + " is at " + own + " among the members, and here at " + endpoint);
            }
            addresses.put(name, endpoint);
            section.refuseOthers();
        }
        if (!file.has("control-plane")) {
            addresses.putAll(ownSections);
        } else if (!addresses.keySet().containsAll(ownSections.keySet())) {
            faults.add(file.nodeOf("control-plane"), "control-plane leaves out a member that has that role");
        }
        if (addresses.size() != 1 && addresses.size() != 3 && addresses.size() != 5) {
            faults.add(
                    file.nodeOf("control-plane"),
                    "the control plane has 1, 3 or 5 members, not " + addresses.size()
                            + ": list them under \"control-plane\" with name, host and port, or among the members");
        }
        return addresses;
    }

    private List<JournalSection> journals(YamlSection file, MemberReader reader, List<MemberSection> members) {
        List<String> replicas = members.stream()
                .filter(member -> member.role() == Role.JOURNAL)
                .map(MemberSection::name)
                .toList();
        List<JournalSection> journals = new ArrayList<>();
        for (YamlSection section : file.sections("journals", "a journal")) {
            String name = section.required("name", ClusterConfiguration.MAIN_JOURNAL);
            reader.checkName(section.nodeOf("name"), "a journal's name", name);
            Map<String, Node> words = section.words("members");
            words.forEach((member, place) -> {
                if (!replicas.isEmpty() && !replicas.contains(member)) {
                    faults.add(
                            place,
                            "no member of role journal is called \"" + member + "\"; there are "
                                    + String.join(", ", replicas));
                }
            });
            List<String> of = section.has("members") ? List.copyOf(words.keySet()) : replicas;
            if (of.isEmpty()) {
                faults.add(section.node(), "a journal needs \"members\", from head to tail: [journal-a, journal-b]");
            } else {
                journals.add(journal(section, name, of));
            }
            section.refuseOthers();
        }
        if (!file.has("journals") && !replicas.isEmpty()) {
            journals.add(new JournalSection(
                    ClusterConfiguration.MAIN_JOURNAL, modeOf(replicas.size()), replicas, majority(replicas.size())));
        }
        return journals;
    }

    private JournalSection journal(YamlSection section, String name, List<String> of) {
        ReplicationMode mode = section.read("mode", modeOf(of.size()), ClusterFileReader::mode);
        int minimum = section.read("minimum-members", majority(of.size()), Integer::valueOf);
        if (minimum < 1 || minimum > of.size()) {
            faults.add(
                    section.nodeOf("minimum-members"),
                    "minimum-members is between 1 and the number of members, " + of.size() + "; not " + minimum);
            minimum = 1;
        }
        if (mode == ReplicationMode.SINGLE && of.size() != 1) {
            faults.add(section.nodeOf("mode"), "a single journal has 1 member, not " + of.size());
        }
        if (mode == ReplicationMode.QUORUM && of.size() % 2 == 0) {
            faults.add(section.nodeOf("mode"), "a quorum has an odd number of members, not " + of.size());
        }
        return new JournalSection(name, mode, of, minimum);
    }

    private static ReplicationMode modeOf(int members) {
        return members == 1 ? ReplicationMode.SINGLE : ReplicationMode.CHAIN;
    }

    private static int majority(int members) {
        return members / 2 + 1;
    }

    private static ReplicationMode mode(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "single" -> ReplicationMode.SINGLE;
            case "chain" -> ReplicationMode.CHAIN;
            case "quorum" -> ReplicationMode.QUORUM;
            default -> throw new IllegalArgumentException("is none of single, chain and quorum");
        };
    }

    private static boolean truth(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("is neither true nor false");
        };
    }
}
