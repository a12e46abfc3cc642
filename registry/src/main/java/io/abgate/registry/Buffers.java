package io.abgate.registry;

import io.abgate.registry.domain.ModelSettings.Start;
import io.abgate.registry.domain.ModelSettings.Training;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.policy.ModelState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rolling buffers of all models, followed from the ledger as they are asked for. On the writer thread. */
final class Buffers {
    private final Books books;
    private final Map<String, Followed> followed = new HashMap<>();

    /** A buffer, and what else than new rows would change it. */
    private record Followed(Buffer buffer, List<String> labels, long withdrawn) {}

    Buffers(Books books) {
        this.books = books;
    }

    /** What a model's buffer holds now. */
    BufferFigures figures(ModelState state) {
        String model = state.settings().name();
        int capacity = state.settings().training().buffer();
        Followed now = followed.get(model);
        if (now == null || isOutdated(now, state)) {
            now = begin(state);
            followed.put(model, now);
        }
        now.buffer.add(books.store().labelledAfter(model, now.buffer.lastSeq(), capacity));
        return now.buffer.figures();
    }

    private static boolean isOutdated(Followed known, ModelState state) {
        return known.withdrawn != state.totals().withdrawnLabels() || !known.labels.equals(labels(state));
    }

    private static Followed begin(ModelState state) {
        Training training = state.settings().training();
        List<String> labels = labels(state);
        SampleCheck check = new SampleCheck(state.settings().input(), labels);
        return new Followed(
                new Buffer(training.buffer(), training.heldOutOneIn(), check),
                labels,
                state.totals().withdrawnLabels());
    }

    /** Those of the network that a retraining starts from. */
    private static List<String> labels(ModelState state) {
        return state.ofStage(Stage.CHAMPION)
                .filter(champion -> state.settings().training().start() == Start.PARENT)
                .map(champion -> champion.facts().labels())
                .orElse(state.settings().labels());
    }
}
