package io.abgate.registry.policy;

import io.abgate.registry.domain.Check;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A broken labelling job's labels were withdrawn.
 *
 * @param from arrival of the first, an ISO-8601 instant, included
 * @param to the same, excluded
 * @param source who had given them
 * @param reason one clause for a person
 * @param labels how many had counted
 * @param corrected how many had corrected another
 * @param expired how many had come too late
 * @param pinned how many of {@code labels} were of pinned predictions
 * @param sinceTraining how many of {@code labels} told a truth after the last automatic training was ordered
 * @param versions that were assigned the requests whose labels were evidence
 * @param votes how many of {@code labels} were of predictions on which versions had voted
 * @param figures what the labels had added to live figures; a version of {@code versions} that is missing here begins
 *     them anew, as all do where this is absent, in ledgers of an earlier abgate
 */
public record LabelsVoided(
        String from,
        String to,
        String source,
        String reason,
        long labels,
        long corrected,
        long expired,
        long pinned,
        long sinceTraining,
        List<Integer> versions,
        long votes,
        @Nullable List<WithdrawnFigures> figures)
        implements Change {
    /** Type of its events. */
    public static final String TYPE = "LABELS_VOIDED";

    /** One of labels of which none was of a vote, and that begins live figures anew. */
    public LabelsVoided(
            String from,
            String to,
            String source,
            String reason,
            long labels,
            long corrected,
            long expired,
            long pinned,
            long sinceTraining,
            List<Integer> versions) {
        this(from, to, source, reason, labels, corrected, expired, pinned, sinceTraining, versions, 0, null);
    }

    public LabelsVoided {
        versions = versions.stream().distinct().sorted().toList();
        figures = figures == null ? null : List.copyOf(figures);
        Check.that(pinned <= labels && sinceTraining <= labels, "labels", labels, pinned + ", " + sinceTraining);
    }

    /** How many labels, whatever they had counted for. */
    public long withdrawn() {
        return labels + corrected + expired;
    }

    /** What is to be taken from a version's live figures; empty when they begin anew. */
    public Optional<WithdrawnFigures> figuresOf(int version) {
        return Optional.ofNullable(figures).stream()
                .flatMap(List::stream)
                .filter(one -> one.version() == version)
                .findFirst();
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String summary() {
        return withdrawn() + " labels of " + source + " from " + from + " to " + to + " were withdrawn: " + reason
                + ".";
    }

    @Override
    public void applyTo(ModelFold fold, long seq) {
        fold.withdraw(this, seq);
    }
}
