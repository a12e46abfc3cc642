package io.abgate.registry;

import io.abgate.registry.domain.ModelSettings;
import io.abgate.registry.policy.ModelState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Removes, once an hour, inputs for which no label can come any more and answers that nobody asks for again. */
final class Retention {
    private static final Duration EVERY = Duration.ofHours(1);
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);
    private static final Duration ANSWERS = Duration.ofHours(24);
    private static final int ROWS_AT_ONCE = 1_000;

    private final Books books;
    private final Time time;
    private final Deque<String> left = new ArrayDeque<>();
    private long dueNanos;

    Retention(Books books, Time time) {
        this.books = books;
        this.time = time;
        this.dueNanos = time.nanoClock().getAsLong();
    }

    /** Removes what is due, a bounded number of rows at once so that labels do not wait. */
    void tick() {
        long now = time.nanoClock().getAsLong();
        if (now - dueNanos < 0) {
            return;
        }
        dueNanos = now + AFTER_FAILURE.toNanos();
        if (left.isEmpty()) {
            forgetAnswers();
            books.states().forEach(state -> left.add(state.settings().name()));
        }
        while (!left.isEmpty()) {
            if (prune(left.element()) == ROWS_AT_ONCE) {
                dueNanos = now; // goes on with the next tick
                return;
            }
            left.remove();
        }
        dueNanos = now + EVERY.toNanos();
    }

    private void forgetAnswers() {
        Instant before = time.wall().instant().minus(ANSWERS);
        books.write(transaction -> {
            transaction.forgetAnswers(before);
            return before;
        });
    }

    private int prune(String model) {
        ModelState state = books.state(model);
        ModelSettings settings = state.settings();
        Instant before =
                time.wall().instant().minus(Duration.ofDays(settings.labelling().keepDays()));
        int[] rows = new int[1];
        books.commit("registry", model, transaction -> {
            rows[0] = transaction.prune(model, before, settings.training().buffer(), ROWS_AT_ONCE);
            return rows[0] == 0 ? List.of() : List.of(new SamplesPruned(rows[0], books.liveSamples(model)));
        });
        return rows[0];
    }
}
