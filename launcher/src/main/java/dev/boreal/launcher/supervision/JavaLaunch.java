package dev.boreal.launcher.supervision;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * How members' processes run Java.
 *
 * @param classPath with Boreal on it
 * @param flags besides heap, collector, and what Boreal cannot do without
 */
public record JavaLaunch(String classPath, List<String> flags) {
    private static final List<String> PASSED_ON =
            List.of("-XX:AOTCache=", "-Xlog:aot", "-Xlog:cds", "-Dio.netty.", "-Dlogback.", "-Dboreal.");

    public JavaLaunch {
        flags = List.copyOf(flags);
    }

    /** As this process does. */
    public static JavaLaunch likeThisProcess() {
        List<String> flags = new ArrayList<>();
        for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (PASSED_ON.stream().anyMatch(flag::startsWith)) {
                flags.add(flag);
            }
        }
        return new JavaLaunch(System.getProperty("java.class.path"), flags);
    }
}
