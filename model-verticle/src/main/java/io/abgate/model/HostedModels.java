package io.abgate.model;

import io.abgate.registry.contract.NodeReport.Hosted;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The versions that answer in this process. Verticles that host them write it, gateways of the same process read it. */
public final class HostedModels {
    private final Map<Key, Entry> entries = new ConcurrentHashMap<>();

    private record Key(String model, int version) {}

    /**
     * A warm version.
     *
     * @param rowNanos measured cost of one row
     */
    public record Entry(Model model, long rowNanos) {}

    /** A version is warm and answers. */
    public void add(String model, int version, Entry entry) {
        entries.put(new Key(model, version), entry);
    }

    /** A version no longer answers with this artifact; another one of its number stays. */
    public void remove(String model, int version, Model artifact) {
        entries.computeIfPresent(
                new Key(model, version), (key, entry) -> entry.model().equals(artifact) ? null : entry);
    }

    /** A version, if it answers in this process. */
    public Optional<Entry> find(String model, int version) {
        return Optional.ofNullable(entries.get(new Key(model, version)));
    }

    /** Everything that answers in this process. */
    public List<Hosted> list() {
        return entries.entrySet().stream()
                .map(e -> new Hosted(
                        e.getKey().model(),
                        e.getKey().version(),
                        e.getValue().model().sha256()))
                .toList();
    }
}
