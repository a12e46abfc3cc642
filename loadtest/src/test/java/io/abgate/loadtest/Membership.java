package io.abgate.loadtest;

import java.util.List;
import java.util.stream.Collectors;

/** The ports at which the processes of a cluster meet. */
record Membership(List<Integer> ports) {
    /** For so many processes. */
    static Membership of(int processes) {
        return new Membership(FreePorts.take(processes));
    }

    /** What the process of this place, from 0, has to be told. */
    List<String> settings(int place) {
        String members = ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
        return List.of("--set", "cluster.port=" + ports.get(place), "--set", "cluster.members=" + members);
    }
}
