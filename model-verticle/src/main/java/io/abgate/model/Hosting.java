package io.abgate.model;

import io.abgate.registry.contract.StoreBinding;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Brings the versions that are hosted here in line with those that are wanted. Lives on one context. */
final class Hosting {
    private final Vertx vertx;
    private final Settings settings;
    private final Runnable changed;
    private final Map<VersionKey, HostedVersion> versions = new HashMap<>();
    private Set<VersionKey> wanted = Set.of();

    /**
     * What the versions of this node share.
     *
     * @param artifacts where artifacts come from
     * @param graceMillis how long a version that is no longer wanted still answers
     * @param retry when a version that could not be loaded is tried again
     */
    record Settings(String node, HostedModels hosted, Artifacts artifacts, long graceMillis, Backoff retry) {}

    /** How artifacts are read and kept, and whose they are. */
    record Artifacts(ModelFormats formats, ArtifactCache cache, StoreBinding binding) {}

    Hosting(Vertx vertx, Settings settings, Runnable changed) {
        this.vertx = vertx;
        this.settings = settings;
        this.changed = changed;
    }

    /** Hosts exactly these versions, as soon as each can be. */
    void want(Set<VersionKey> keys) {
        wanted = Set.copyOf(keys);
        for (VersionKey key : wanted) {
            versions.computeIfAbsent(key, this::begin);
        }
        versions.forEach((key, version) -> version.want(wanted.contains(key)));
    }

    private HostedVersion begin(VersionKey key) {
        HostedVersion version = new HostedVersion(vertx, key, settings, () -> settled(key));
        version.load();
        return version;
    }

    /** A version answers, or is gone: gone ones that are wanted again start anew. */
    private void settled(VersionKey key) {
        HostedVersion version = versions.get(key);
        if (version != null && version.isGone()) {
            versions.remove(key);
            want(wanted);
        }
        tidy();
        changed.run();
    }

    private void tidy() {
        Set<String> named = wanted.stream().map(VersionKey::sha256).collect(Collectors.toSet());
        vertx.executeBlocking(
                () -> {
                    settings.artifacts().cache().sweep(named);
                    return true;
                },
                false);
    }
}
