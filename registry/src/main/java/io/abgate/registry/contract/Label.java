package io.abgate.registry.contract;

import io.abgate.registry.domain.Check;
import io.abgate.registry.domain.PredictionId;
import org.jspecify.annotations.Nullable;

/**
 * What was true for one prediction: either a truth or a reward.
 *
 * @param index of the item in the application's list, from 0
 * @param id of the prediction, verified by the gateway
 * @param truth the right label
 * @param reward a score in [0, 1] in its place
 * @param source who labelled, for example {@code app}
 */
public record Label(
        int index,
        PredictionId id,
        @Nullable String truth,
        @Nullable Double reward,
        String source) {
    public Label {
        Check.that((truth == null) != (reward == null), "feedback", index, "either truth or reward");
        Check.that(reward == null || (reward >= 0 && reward <= 1), "reward", reward + "", "a number in [0, 1]");
    }
}
