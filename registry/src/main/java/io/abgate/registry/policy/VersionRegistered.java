package io.abgate.registry.policy;

import io.abgate.registry.domain.Evaluation;
import io.abgate.registry.domain.Score;
import io.abgate.registry.domain.TensorSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A version was stored.
 *
 * @param version its number
 * @param sha256 name of its artifact
 * @param format of the artifact
 * @param labels its own labels
 * @param parent version that it was trained from or beside
 * @param job that trained it
 * @param source how it came: {@code first}, {@code retraining} or what the operator said
 * @param note of the operator
 * @param evaluation counts on rows that it was not trained on
 * @param createdAtMillis when, since 1970
 */
public record VersionRegistered(
        int version,
        String sha256,
        String format,
        List<String> labels,
        TensorSpec input,
        @Nullable Integer parent,
        @Nullable Long job,
        String source,
        String note,
        List<String> tags,
        @Nullable Evaluation evaluation,
        long createdAtMillis)
        implements Change {
    public VersionRegistered {
        labels = List.copyOf(labels);
        tags = List.copyOf(tags);
    }

    @Override
    public String type() {
        return "VERSION_REGISTERED";
    }

    @Override
    public String summary() {
        return "Version " + version + " was stored (" + source + ")" + evaluationText() + ".";
    }

    private String evaluationText() {
        if (evaluation == null) {
            return "";
        }
        Score score = evaluation.score();
        return "; " + score.right() + " of " + score.rows() + " rows right that it was not trained on";
    }

    @Override
    public void applyTo(ModelFold fold, long seq) {
        fold.register(this, seq);
    }
}
