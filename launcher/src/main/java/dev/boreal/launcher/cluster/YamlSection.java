package dev.boreal.launcher.cluster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A mapping of a file, read key by key: what has the wrong shape, is written twice, is missing or is not known becomes a
 * fault with its line. One thread.
 */
final class YamlSection {
    private final Node node;
    private final String what;
    private final Faults faults;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Node> keys = new LinkedHashMap<>();
    private final Set<String> asked = new LinkedHashSet<>();

    /** @param what how messages call it: {@code a member} */
    YamlSection(Node node, String what, Faults faults) {
        this.node = node;
        this.what = what;
        this.faults = faults;
        if (!(node instanceof MappingNode mapping)) {
            if (!isNull(node)) {
                faults.add(node, what + " is a list of \"key: value\", not " + shape(node));
            }
            return;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                faults.add(tuple.getKeyNode(), "a key of " + what + " is a word");
            } else if (values.putIfAbsent(key.getValue(), tuple.getValueNode()) != null) {
                faults.add(key, what + " has \"" + key.getValue() + "\" twice");
            } else {
                keys.put(key.getValue(), key);
            }
        }
    }

    Node node() {
        return node;
    }

    /** Where a key's value stands, or the section if the key is missing. */
    Node nodeOf(String key) {
        return values.getOrDefault(key, node);
    }

    boolean has(String key) {
        Node value = values.get(key);
        return value != null && !isNull(value);
    }

    private @Nullable Node value(String key) {
        asked.add(key);
        return has(key) ? values.get(key) : null;
    }

    /** A word, or null if the key is missing or its value is none, which is a fault. */
    @Nullable String text(String key) {
        Node value = value(key);
        return value == null ? null : scalar(value, key);
    }

    /** A word that must be there; empty after a fault. */
    String required(String key, String example) {
        String text = text(key);
        if (!has(key)) {
            faults.add(node, what + " needs \"" + key + "\", such as " + key + ": " + example);
        }
        return text == null ? "" : text;
    }

    /** What {@code read} makes of a word; its IllegalArgumentException becomes a fault. */
    <T> T read(String key, T otherwise, Function<String, T> read) {
        Node value = value(key);
        String text = value == null ? null : scalar(value, key);
        if (value == null || text == null) {
            return otherwise;
        }
        try {
            return read.apply(text);
        } catch (IllegalArgumentException e) {
            faults.add(value, key + ": \"" + text + "\": " + e.getMessage());
            return otherwise;
        }
    }

    /** The words of a list, each with its place; empty if the key is missing. */
    Map<String, Node> words(String key) {
        Map<String, Node> words = new LinkedHashMap<>();
        for (Node item : items(key)) {
            String word = scalar(item, key);
            if (word != null && words.putIfAbsent(word, item) != null) {
                faults.add(item, key + " names \"" + word + "\" twice");
            }
        }
        return words;
    }

    /** The sections of a list; empty if the key is missing. */
    List<YamlSection> sections(String key, String each) {
        List<YamlSection> sections = new ArrayList<>();
        for (Node item : items(key)) {
            sections.add(new YamlSection(item, each, faults));
        }
        return sections;
    }

    @Nullable YamlSection section(String key, String called) {
        Node value = value(key);
        return value == null ? null : new YamlSection(value, called, faults);
    }

    /** All keys with their words, for sections whose keys are the file's own. */
    Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String key : values.keySet()) {
            String text = text(key);
            if (text != null) {
                texts.put(key, text);
            }
        }
        return texts;
    }

    Set<String> keys() {
        return keys.keySet();
    }

    Node keyNode(String key) {
        return keys.getOrDefault(key, node);
    }

    /** Call at the end: keys that nobody asked for are faults, which say what there is. */
    void refuseOthers() {
        keys.forEach((key, place) -> {
            if (!asked.contains(key)) {
                faults.add(place, what + " has no \"" + key + "\"; there are " + String.join(", ", asked));
            }
        });
    }

    private List<Node> items(String key) {
        Node value = value(key);
        if (value == null) {
            return List.of();
        }
        if (value instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        faults.add(value, key + " is a list, such as " + key + ": [a, b, c], not " + shape(value));
        return List.of();
    }

    private @Nullable String scalar(Node value, String key) {
        if (value instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
            return scalar.getValue().strip();
        }
        faults.add(value, key + " is a word or a number, not " + shape(value));
        return null;
    }

    private static boolean isNull(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    private static String shape(Node node) {
        return switch (node) {
            case MappingNode mapping -> "a list of \"key: value\"";
            case SequenceNode sequence -> "a list";
            default -> "\"" + (node instanceof ScalarNode scalar ? scalar.getValue() : node) + "\"";
        };
    }
}
