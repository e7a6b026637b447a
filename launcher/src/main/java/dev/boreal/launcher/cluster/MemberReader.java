package dev.boreal.launcher.cluster;

import dev.boreal.contracts.cluster.Role;
import dev.boreal.launcher.configuration.BorealConfiguration;
import dev.boreal.launcher.configuration.InvalidConfigurationException;
import dev.boreal.launcher.configuration.Setting;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;

/** Reads the sections of members and what the file says of their roles. Used once, by one thread. */
final class MemberReader {
    static final String DEFAULT_HOST = "127.0.0.1";

    private static final long ANY_HEAP = 256L << 20;
    private static final int LARGEST_PORT = 65_535;
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern HEAP = Pattern.compile("[0-9]+[kmgKMG]?");
    private static final Set<Setting> OF_THE_MEMBER =
            Set.of(Setting.DATA_DIRECTORY, Setting.LISTEN_ADDRESS, Setting.LISTEN_PORT);

    private final Path directory;
    private final boolean trustedNetwork;
    private final Faults faults;
    private final Map<String, String> commonSettings;
    private final Map<Role, Map<String, String>> roleSettings = new EnumMap<>(Role.class);
    private final Map<Role, String> roleHeaps = new EnumMap<>(Role.class);

    /**
     * @param directory relative paths are below it
     * @param trustedNetwork whether hosts need not be loopback addresses
     */
    MemberReader(YamlSection file, Path directory, boolean trustedNetwork, Faults faults) {
        this.directory = directory;
        this.trustedNetwork = trustedNetwork;
        this.faults = faults;
        commonSettings = settings(file, Map.of());
        YamlSection roles = file.section("roles", "roles");
        if (roles != null) {
            for (String label : List.copyOf(roles.keys())) {
                readRole(roles, label);
            }
        }
    }

    private void readRole(YamlSection roles, String label) {
        Role role;
        try {
            role = Role.of(label);
        } catch (IllegalArgumentException e) {
            faults.add(roles.keyNode(label), String.valueOf(e.getMessage()));
            return;
        }
        YamlSection section = roles.section(label, "role " + label);
        if (section != null) {
            String heap = heap(section, "");
            if (!heap.isEmpty()) {
                roleHeaps.put(role, heap);
            }
            roleSettings.put(role, settings(section, commonSettings));
            section.refuseOthers();
        }
    }

    MemberSection read(YamlSection section, List<String> zones) {
        String name = section.required("name", "storage-a");
        checkName(section.nodeOf("name"), "a member's name", name);
        if (!section.has("role")) {
            faults.add(section.node(), "a member needs \"role\", one of " + labels());
        }
        Role role = section.read("role", Role.STORAGE, Role::of);
        String zone = zone(section, zones);
        String host = host(section);
        boolean serves = role == Role.QUERY_PROCESSOR;
        int port = section.read("port", 0, MemberReader::port);
        int clientPort = section.read("client-port", 0, MemberReader::port);
        if (role == Role.CONTROL_PLANE && port == 0) {
            faults.add(
                    section.node(),
                    "a control plane's member needs a \"port\" between 1 and 65535: everybody looks for it there");
        }
        if (serves && !section.has("client-port")) {
            faults.add(section.node(), "a query processor needs \"client-port\", where clients connect");
        }
        if (!serves && section.has("client-port")) {
            faults.add(section.nodeOf("client-port"), "only a query processor has a client-port");
        }
        if (serves && section.has("port")) {
            faults.add(
                    section.nodeOf("port"), "a query processor has no doors for other processes, only a client-port");
        }
        String data = section.text("data");
        String heap = heap(section, roleHeaps.getOrDefault(role, RoleHeaps.of(role)));
        Map<String, String> settings = settings(section, roleSettings.getOrDefault(role, commonSettings));
        String namespace = section.text("network-namespace");
        section.refuseOthers();
        return new MemberSection(
                name,
                role,
                zone,
                host,
                port,
                clientPort,
                directory.resolve(data == null ? name : data),
                heap,
                settings,
                namespace);
    }

    private String zone(YamlSection section, List<String> zones) {
        String zone = section.text("zone");
        if (zone == null) {
            if (zones.size() != 1 && !section.has("zone")) {
                faults.add(
                        section.node(),
                        "a member needs \"zone\"" + (zones.isEmpty() ? "" : ", one of " + String.join(", ", zones)));
            }
            return zones.isEmpty() ? "" : zones.getFirst();
        }
        if (!zones.isEmpty() && !zones.contains(zone)) {
            faults.add(
                    section.nodeOf("zone"),
                    "there is no zone \"" + zone + "\" among zones: " + String.join(", ", zones));
        }
        return zone;
    }

    String host(YamlSection section) {
        String host = section.text("host");
        if (host == null) {
            return DEFAULT_HOST;
        }
        Node place = section.nodeOf("host");
        try {
            if (!trustedNetwork && !InetAddress.getByName(host).isLoopbackAddress()) {
                faults.add(
                        place,
                        "host " + host + " is not a loopback address. What processes say to one another is neither"
                                + " encrypted nor authenticated: write \"trusted-network: true\" at the top of the file"
                                + " if nobody else can reach that network");
            }
        } catch (UnknownHostException e) {
            faults.add(place, "host " + host + " cannot be found");
        }
        return host;
    }

    /** The settings of a section over those around it; each is tried on its own, so that its line can be told. */
    private Map<String, String> settings(YamlSection around, Map<String, String> outer) {
        YamlSection section = around.section("settings", "settings");
        Map<String, String> settings = new LinkedHashMap<>(outer);
        if (section == null) {
            return settings;
        }
        section.texts().forEach((key, text) -> {
            Setting setting = Setting.of(key);
            if (setting == null) {
                faults.add(section.keyNode(key), "there is no setting \"" + key + "\"; there are " + settingNames());
            } else if (OF_THE_MEMBER.contains(setting)) {
                faults.add(
                        section.keyNode(key),
                        key + " is no setting of a cluster: members have host, port, client-port and data");
            } else {
                settings.put(key, text);
                check(section.keyNode(key), Map.of(key, text));
            }
        });
        if (faults.isEmpty()) {
            check(section.node(), settings);
        }
        return settings;
    }

    private void check(Node place, Map<String, String> settings) {
        try {
            BorealConfiguration.of(settings, ANY_HEAP);
        } catch (InvalidConfigurationException e) {
            if (settings.size() > 1 || !String.valueOf(e.getMessage()).contains("belong together")) {
                faults.add(place, String.valueOf(e.getMessage()).replace("\n", "; "));
            }
        }
    }

    private String heap(YamlSection section, String otherwise) {
        return section.read("heap", otherwise, text -> {
            if (!HEAP.matcher(text).matches()) {
                throw new IllegalArgumentException("is not a size such as 256m or 2g");
            }
            return text;
        });
    }

    void checkName(Node place, String what, String name) {
        if (!name.isEmpty() && !NAME.matcher(name).matches()) {
            faults.add(
                    place,
                    what + " has small letters, digits and hyphens, at most 63, such as storage-a; not \"" + name
                            + "\"");
        }
    }

    static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= LARGEST_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("is not a port: those are 0 to " + LARGEST_PORT, e);
        }
        throw new IllegalArgumentException("is not a port: those are 0 to " + LARGEST_PORT);
    }

    private static String labels() {
        StringBuilder labels = new StringBuilder();
        for (Role role : Role.values()) {
            labels.append(labels.isEmpty() ? "" : ", ").append(role.label());
        }
        return labels.toString();
    }

    private static String settingNames() {
        StringBuilder names = new StringBuilder();
        for (Setting setting : Setting.values()) {
            if (!OF_THE_MEMBER.contains(setting)) {
                names.append(names.isEmpty() ? "" : ", ").append(setting.key());
            }
        }
        return names.toString();
    }
}
