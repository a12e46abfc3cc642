package io.abgate.gateway.feedback;

import io.abgate.gateway.security.PredictionTokens;
import io.abgate.gateway.security.PredictionTokens.Verified;
import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.FeedbackResult;
import io.abgate.registry.contract.FeedbackResult.Rejected;
import io.abgate.registry.contract.Label;
import io.abgate.registry.domain.PredictionId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Which items of a request are labels for genuine predictions of a model, and why the others are not. */
final class Judged {
    private final List<Label> labels = new ArrayList<>();
    private final List<Rejected> rejected = new ArrayList<>();
    private final int modelId;

    private Judged(int modelId) {
        this.modelId = modelId;
    }

    /**
     * Judges every item.
     *
     * @throws RuntimeException the refusal of an item that came alone
     */
    static Judged of(FeedbackRequest request, int modelId, PredictionTokens tokens) {
        Judged judged = new Judged(modelId);
        for (int index = 0; index < request.items().size(); index++) {
            try {
                judged.labels.add(judged.label(index, request.items().get(index), tokens));
            } catch (RuntimeException e) {
                if (!request.isList()) {
                    throw e;
                }
                judged.rejected.add(new Rejected(index, String.valueOf(e.getMessage())));
            }
        }
        return judged;
    }

    List<Label> labels() {
        return labels;
    }

    /** What became of all items, given what became of the labels. */
    FeedbackResult with(FeedbackResult committed) {
        List<Rejected> all = Stream.concat(rejected.stream(), committed.rejected().stream())
                .sorted(Comparator.comparingInt(Rejected::index))
                .toList();
        return new FeedbackResult(
                committed.accepted(), committed.duplicate(), committed.corrected(), committed.expired(), all);
    }

    private Label label(int index, FeedbackItem item, PredictionTokens tokens) {
        Verified verified = tokens.verify(item.token());
        PredictionId id = verified.id().orElseThrow(verified::refusal);
        if (id.modelId() != modelId) {
            throw Failure.NOT_FOUND.because("prediction_id: that of another model");
        }
        return item.label(index, id);
    }
}
