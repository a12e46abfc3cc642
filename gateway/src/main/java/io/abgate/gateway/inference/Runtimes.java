package io.abgate.gateway.inference;

import io.abgate.gateway.routing.Hosting;
import io.abgate.model.HostedModels.Entry;
import io.abgate.model.Model;
import io.abgate.model.ModelRuntime;
import io.abgate.model.Probe;
import io.abgate.registry.domain.RoutedVersion;
import io.abgate.registry.domain.Tensor;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The runtimes of one context, for versions that answer in this process so fast that asking them blocks the event loop
 * for no longer than {@link #INLINE_NANOS}.
 */
final class Runtimes {
    static final long INLINE_NANOS = 500_000;

    private final Hosting hosting;
    private final Map<Key, Held> held = new HashMap<>();

    Runtimes(Hosting hosting) {
        this.hosting = hosting;
    }

    /** A version, whatever its stage and share of the moment. */
    private record Key(String model, int version) {}

    private record Held(Model model, ModelRuntime runtime) {}

    /** This context's runtime of a version, if this input may be answered on the event loop. */
    Optional<ModelRuntime> inline(String model, RoutedVersion version, Tensor input) {
        return hosting.here(model, version)
                .filter(entry -> entry.rowNanos() <= INLINE_NANOS / Probe.rows(input))
                .map(entry -> runtime(new Key(model, version.version()), entry));
    }

    /** Whether the version answers anywhere. */
    boolean reaches(String model, RoutedVersion version) {
        return hosting.anywhere(model, version);
    }

    /** Drops the runtimes of versions that answer here no more. */
    void sweep() {
        held.entrySet().removeIf(one -> !isHosted(one.getKey(), one.getValue()));
    }

    private boolean isHosted(Key key, Held one) {
        return hosting.hosted()
                .find(key.model(), key.version())
                .filter(entry -> entry.model() == one.model())
                .isPresent();
    }

    private ModelRuntime runtime(Key key, Entry entry) {
        Held one = held.get(key);
        if (one == null || one.model() != entry.model()) {
            one = new Held(entry.model(), entry.model().newRuntime());
            held.put(key, one);
        }
        return one.runtime();
    }
}
