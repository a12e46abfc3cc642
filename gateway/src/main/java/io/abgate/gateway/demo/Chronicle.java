package io.abgate.gateway.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads what the registry did since it last looked, tells it, and remembers the decisions. */
final class Chronicle {
    private static final Set<String> DECISIONS = Set.of("PROMOTED", "ROLLED_BACK", "REJECTED", "QUARANTINED");
    private static final Set<String> TOLD = Set.of("JOB_QUEUED", "SHADOWED", "CANARIED");

    private final Registry registry;
    private final Screen screen;
    private final List<Decision> decisions = new ArrayList<>();
    private long lastSeen;

    /**
     * A decision.
     *
     * @param mail that had last arrived
     * @param labels that it took
     */
    record Decision(int mail, String type, int version, int labels, String summary) {}

    Chronicle(Registry registry, Screen screen) {
        this.registry = registry;
        this.screen = screen;
    }

    void read(int mail) {
        for (JsonNode event : registry.events(lastSeen)) {
            lastSeen = event.path("seq").asLong();
            String type = event.path("type").asText();
            String summary = event.path("summary").asText();
            if (DECISIONS.contains(type)) {
                decisions.add(new Decision(
                        mail,
                        type,
                        event.at("/body/version").asInt(),
                        event.at("/body/figures/labels").asInt(),
                        summary));
            }
            if (DECISIONS.contains(type) || TOLD.contains(type)) {
                screen.event(mail, summary);
            }
        }
    }

    List<Decision> decisions() {
        return List.copyOf(decisions);
    }

    boolean has(String type, int version) {
        return decisions.stream().anyMatch(d -> d.type.equals(type) && d.version == version);
    }

    /** The newest decision of a type, or 0. */
    int newest(String type) {
        return decisions.stream()
                .filter(d -> d.type.equals(type))
                .mapToInt(Decision::version)
                .reduce(0, (before, last) -> last);
    }
}
