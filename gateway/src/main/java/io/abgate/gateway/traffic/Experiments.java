package io.abgate.gateway.traffic;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The keys of the experiments of one model that this process has seen lately. Safe for all threads, without a lock. */
final class Experiments {
    /** Of one experiment; 2 MiB, and keyed requests beyond it count no more. */
    static final int MOST_KEYS = 1 << 17;
    /** While tables change, event loops may be an experiment apart. */
    private static final int KEPT = 2;

    private final AtomicReference<List<Seen>> newestFirst = new AtomicReference<>(List.of());

    private record Seen(String salt, KeySet keys) {}

    /** The keys of the experiment with this salt. */
    KeySet keys(String salt) {
        KeySet known = find(Objects.requireNonNull(newestFirst.get()), salt);
        if (known != null) {
            return known;
        }
        Seen fresh = new Seen(salt, new KeySet(MOST_KEYS));
        List<Seen> now = newestFirst.updateAndGet(seen -> find(seen, salt) == null ? with(fresh, seen) : seen);
        return Objects.requireNonNull(find(Objects.requireNonNull(now), salt));
    }

    private static List<Seen> with(Seen fresh, List<Seen> seen) {
        return Stream.concat(Stream.of(fresh), seen.stream()).limit(KEPT).toList();
    }

    private static @Nullable KeySet find(List<Seen> newestFirst, String salt) {
        for (Seen seen : newestFirst) {
            if (seen.salt.equals(salt)) {
                return seen.keys;
            }
        }
        return null;
    }
}
