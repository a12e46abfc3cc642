package io.abgate.registry.contract;

import io.abgate.registry.domain.Unusable;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How a training went.
 *
 * @param epochs passes that were made
 * @param losses pass by pass, thinned evenly when there are many; the first and the last are always there
 * @param watchedRows rows that were not trained on, to know when to stop
 * @param bestEpoch the pass whose weights were kept; 0 when they are the last one's
 * @param stopped why it ended before its last pass; absent when it did not
 * @param dropped how many rows were not usable, by reason
 * @param outOfVocabulary usable rows of which the model does not know the input's words, where it has a vocabulary
 */
public record TrainingCourse(
        int epochs,
        List<Point> losses,
        int watchedRows,
        int bestEpoch,
        @Nullable String stopped,
        Map<Unusable, Integer> dropped,
        int outOfVocabulary) {
    /** Nothing was trained. */
    public static final TrainingCourse NONE = new TrainingCourse(0, List.of(), 0, 0, null, Map.of(), 0);

    public TrainingCourse {
        losses = List.copyOf(losses);
        dropped = Collections.unmodifiableMap(new TreeMap<>(dropped));
    }

    /** The same with what was found when the rows were read. */
    public TrainingCourse reading(Map<Unusable, Integer> unusable, int unknownInputs) {
        return new TrainingCourse(epochs, losses, watchedRows, bestEpoch, stopped, unusable, unknownInputs);
    }

    /**
     * The losses of a pass, both mean cross-entropies.
     *
     * @param epoch from 1
     * @param loss of the rows trained on, each read before the step that it is part of; absent when it is not finite
     * @param watched of the watched rows, after the pass; absent without such rows
     */
    public record Point(
            int epoch, @Nullable Double loss, @Nullable Double watched) {}
}
