package io.abgate.registry.policy;

import io.abgate.registry.policy.Degradation.Kind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The alerts of one model: those that are there, at most one of a kind, and when those that were told last ended. */
final class Alerts {
    private final Map<Kind, Alert> open = new EnumMap<>(Kind.class);
    private final Map<Kind, Ended> ended = new EnumMap<>(Kind.class);

    /** When people were last told that an alert is over. */
    record Ended(Kind kind, int version, long atMillis) {}

    void raised(Alert alert) {
        open.put(alert.kind(), alert);
    }

    void recovered(AlertRecovered recovered) {
        open.remove(recovered.kind());
        if (recovered.told()) {
            ended.put(recovered.kind(), new Ended(recovered.kind(), recovered.version(), recovered.atMillis()));
        }
    }

    /** Whether people were told less than a cool-down ago that this kind of alert of this version is over. */
    boolean isCooling(Kind kind, int version, long nowMillis, long coolDownMillis) {
        Ended last = ended.get(kind);
        return last != null
                && last.version == version
                && nowMillis >= last.atMillis // else the clock was set back, and nobody knows how long ago that was
                && nowMillis - last.atMillis < coolDownMillis;
    }

    Optional<Alert> find(Kind kind) {
        return Optional.ofNullable(open.get(kind));
    }

    /** In the order of their kinds. */
    List<Alert> open() {
        return List.copyOf(open.values());
    }

    /** In the order of their kinds. */
    List<Ended> ended() {
        return List.copyOf(ended.values());
    }

    static Alerts restored(List<Alert> open, List<Ended> ended) {
        Alerts alerts = new Alerts();
        open.forEach(alerts::raised);
        ended.forEach(one -> alerts.ended.put(one.kind(), one));
        return alerts;
    }
}
