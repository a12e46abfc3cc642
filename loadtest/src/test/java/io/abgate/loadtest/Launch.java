package io.abgate.loadtest;

import java.util.List;
import java.util.Map;

/**
 * How a process is started.
 *
 * @param options of its JVM
 * @param environment variables that it gets besides those of the machine
 */
record Launch(List<String> options, Map<String, String> environment) {
    /** A short life is spent on starting, so code is compiled quickly instead of well. */
    static final Launch QUICK =
            new Launch(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"), Map.of());

    /** As somebody would start it who has read no further than the first page. */
    static final Launch PLAIN = new Launch(List.of(), Map.of());

    /** Quickly, with these variables. */
    static Launch quickWith(Map<String, String> environment) {
        return new Launch(QUICK.options, environment);
    }
}
