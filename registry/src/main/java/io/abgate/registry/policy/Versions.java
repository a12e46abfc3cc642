package io.abgate.registry.policy;

import io.abgate.registry.domain.Stage;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The versions of one model, by number. */
final class Versions {
    private final NavigableMap<Integer, VersionState> byNumber = new TreeMap<>();

    void add(VersionState version) {
        byNumber.put(version.number(), version);
    }

    Collection<VersionState> all() {
        return byNumber.values();
    }

    int next() {
        return byNumber.isEmpty() ? 1 : byNumber.lastKey() + 1;
    }

    Optional<VersionState> find(int number) {
        return Optional.ofNullable(byNumber.get(number));
    }

    Optional<VersionState> ofSha(String sha256) {
        return all().stream()
                .filter(version -> version.facts().sha256().equals(sha256))
                .findFirst();
    }

    /** The newest one in a stage. */
    Optional<VersionState> ofStage(Stage stage) {
        for (VersionState version : byNumber.descendingMap().values()) { // asked several times a label
            if (version.stage() == stage) {
                return Optional.of(version);
            }
        }
        return Optional.empty();
    }

    List<VersionState> servable() {
        return all().stream().filter(version -> version.stage().isServable()).toList();
    }
}
