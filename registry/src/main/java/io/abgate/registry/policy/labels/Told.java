package io.abgate.registry.policy.labels;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Up to which time of their ids processes have told how many they gave. */
final class Told {
    /** Those heard longest ago are gone. */
    private static final int MOST = 256;

    private final Map<Long, LabelSnapshot.Telling> processes = new LinkedHashMap<>();

    /** A process told; of an earlier time than before when its clock was set back, and then that holds. */
    void tells(long process, long untilMillis, long atMillis) {
        processes.remove(process); // so that it becomes the last
        processes.put(process, new LabelSnapshot.Telling(process, untilMillis, atMillis));
        if (processes.size() > MOST) {
            processes.remove(processes.keySet().iterator().next());
        }
    }

    /** Whether a process has told all that is earlier than this. */
    boolean isTold(long process, long toMillis) {
        LabelSnapshot.Telling telling = processes.get(process);
        return telling != null && toMillis <= telling.untilMillis();
    }

    /** Whether all have that are concerned, and all that were heard of since a time. */
    boolean isAllTold(Set<Long> concerned, long toMillis, long sinceMillis) {
        return concerned.stream().allMatch(process -> isTold(process, toMillis))
                && processes.values().stream()
                        .allMatch(one -> one.atMillis() < sinceMillis || toMillis <= one.untilMillis());
    }

    /** The one that was heard longest ago first. */
    List<LabelSnapshot.Telling> snapshot() {
        return new ArrayList<>(processes.values());
    }

    static Told restored(List<LabelSnapshot.Telling> snapshot) {
        Told told = new Told();
        snapshot.forEach(one -> told.processes.put(one.process(), one));
        return told;
    }
}
