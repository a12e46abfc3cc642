package io.abgate.registry.policy;

import io.abgate.registry.domain.Restraint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a model's automatic trainings: when they were, how they ended, and whether a person has to look. The
 * training of a first version is none of them.
 */
public final class Retrainings {
    private static final Duration DAY = Duration.ofHours(24);

    private final Restraint restraint;
    private final SortedSet<Long> open = new TreeSet<>();
    private final Deque<Long> startedMillis = new ArrayDeque<>();
    private int failures;
    private String lastFailure = "";
    private @Nullable Long endedMillis;
    private @Nullable Long waiting;
    private @Nullable String held;

    Retrainings(Restraint restraint) {
        this.restraint = restraint;
    }

    void queued(JobQueued job, boolean isFirst) {
        approvedOrDropped(job.job());
        if (!job.automatic()) {
            released();
        } else if (!isFirst) {
            open.add(job.job());
            started(job.atMillis());
        }
    }

    private void started(@Nullable Long atMillis) {
        if (atMillis != null && restraint.perDay() > 0) {
            startedMillis.addLast(atMillis);
            if (startedMillis.size() > restraint.perDay()) {
                startedMillis.removeFirst();
            }
        }
    }

    /** A training waits for approval. */
    void waits(long job) {
        waiting = job;
    }

    private boolean approvedOrDropped(long job) {
        boolean waited = waiting != null && waiting == job;
        if (waited) {
            waiting = null;
        }
        return waited;
    }

    /** Whether it was one that waited, which an operator dropped: it cools down as if it had been trained. */
    boolean ended(JobEnded job) {
        boolean dropped = approvedOrDropped(job.job());
        if (dropped) {
            endedMillis = job.atMillis();
        }
        if (open.remove(job.job())) {
            endedMillis = job.atMillis();
            boolean failed = job.state().equals("REJECTED") || job.state().equals("FAILED");
            failures = failed ? failures + 1 : 0;
            lastFailure = failed ? job.reason() : "";
        }
        return dropped;
    }

    void held(String reason) {
        held = reason;
    }

    void follow(StageChanged change) {
        if (change.kind() == StageChanged.Kind.PROMOTED) {
            released();
        }
    }

    /** A person has looked, or a version was promoted: failures are forgotten, and what was held goes on. */
    void released() {
        failures = 0;
        lastFailure = "";
        if (held != null) {
            held = null;
            startedMillis.clear();
        }
    }

    /** Why a person has to look before anything is retrained by itself again; empty when nobody has to. */
    public Optional<String> held() {
        return Optional.ofNullable(held);
    }

    /** The job that waits for approval, if one does. */
    public OptionalLong waiting() {
        return waiting == null ? OptionalLong.empty() : OptionalLong.of(waiting);
    }

    /** How many in a row came to nothing. */
    public int failuresInARow() {
        return failures;
    }

    /** The end of the cool-down after the last one, if it is still to come; a clock that was set back ends it. */
    public Optional<Instant> coolsDownUntil(Instant now) {
        return Optional.ofNullable(endedMillis)
                .map(Instant::ofEpochMilli)
                .filter(ended -> !now.isBefore(ended))
                .map(ended -> ended.plusSeconds(restraint.coolDownSeconds()))
                .filter(now::isBefore);
    }

    /** Why so many failures in a row are to be looked at, if they are. */
    Optional<String> repeatedFailure() {
        return restraint.failuresInARow() > 0 && failures >= restraint.failuresInARow()
                ? Optional.of(
                        failures + " automatic trainings in a row came to nothing, the last because " + lastFailure)
                : Optional.empty();
    }

    /** Why there is no further one today, if there is none. */
    Optional<String> exhausted(Instant now) {
        long within = startedMillis.stream()
                .filter(start -> Instant.ofEpochMilli(start).plus(DAY).isAfter(now))
                .count();
        return restraint.perDay() > 0 && within >= restraint.perDay()
                ? Optional.of(within + " automatic trainings within 24 hours (expected: at most " + restraint.perDay()
                        + "), and a trigger asks for another one")
                : Optional.empty();
    }

    ModelSnapshot.Trainings snapshot() {
        return new ModelSnapshot.Trainings(
                List.copyOf(open), List.copyOf(startedMillis), failures, lastFailure, endedMillis, waiting, held);
    }

    static Retrainings restored(Restraint restraint, ModelSnapshot.Trainings snapshot) {
        Retrainings retrainings = new Retrainings(restraint);
        retrainings.open.addAll(snapshot.open());
        retrainings.startedMillis.addAll(snapshot.startedMillis());
        retrainings.failures = snapshot.failures();
        retrainings.lastFailure = snapshot.lastFailure();
        retrainings.endedMillis = snapshot.endedMillis();
        retrainings.waiting = snapshot.waiting();
        retrainings.held = snapshot.held();
        return retrainings;
    }
}
