package dev.boreal.launcher.command;

import dev.boreal.launcher.configuration.BorealConfiguration;
import dev.boreal.launcher.configuration.Setting;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where settings come from: a file, then {@code --set}, then options of their own; what comes later counts. */
final class SettingOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings, one \"name = value\" a line; docs/configuration.md lists them. With --role:"
                    + " cluster.yaml.")
    private @Nullable Path file;

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "One setting; may be given several times.")
    private Map<String, String> assignments = new LinkedHashMap<>();

    @Option(
            names = "--data",
            paramLabel = "DIRECTORY",
            description = "Where everything durable lies (default: ./data).")
    private @Nullable String data;

    @Option(
            names = "--listen",
            paramLabel = "ADDRESS",
            description = "The address to listen on (default: 127.0.0.1). Any but a loopback address needs"
                    + " --set authentication=scram-sha-256.")
    private @Nullable String listen;

    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            description = "The port to listen on (default: 5432).")
    private @Nullable String port;

    @Nullable Path file() {
        return file;
    }

    BorealConfiguration read() throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        if (file != null) {
            readFile(file, texts);
        }
        texts.putAll(assignments);
        put(Setting.DATA_DIRECTORY, data, texts);
        put(Setting.LISTEN_ADDRESS, listen, texts);
        put(Setting.LISTEN_PORT, port, texts);
        return BorealConfiguration.of(texts, Runtime.getRuntime().maxMemory());
    }

    private static void readFile(Path file, Map<String, String> texts) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (NoSuchFileException e) {
            throw new IOException("there is no file " + file + " (--config)", e);
        }
        properties.stringPropertyNames().forEach(name -> texts.put(name, properties.getProperty(name)));
    }

    private static void put(Setting setting, @Nullable String text, Map<String, String> texts) {
        if (text != null) {
            texts.put(setting.key(), text);
        }
    }
}
