package io.abgate.registry.policy;

import io.abgate.registry.domain.Outcome;
import io.abgate.registry.evidence.Counts;
import java.util.List;
import java.util.Optional;

/**
 * What labels that were withdrawn had added to the live figures of the version that was assigned their requests.
 *
 * @param version its number
 * @param live scores of the requests
 * @param measured what their truths said besides
 */
public record WithdrawnFigures(int version, Counts live, ModelSnapshot.Live measured) {
    /**
     * Those of labels that a version's figures are made of, among others; empty when they cannot be, so that what is
     * left without them is not known.
     */
    public static Optional<WithdrawnFigures> of(VersionState version, List<Outcome> withdrawn) {
        Counts live = Counts.NONE;
        LiveMeasurement measured = new LiveMeasurement(version.facts().labels());
        for (Outcome outcome : withdrawn) {
            live = live.plus(outcome.assignedScore());
            measured.add(outcome);
        }
        WithdrawnFigures figures = new WithdrawnFigures(version.number(), live, measured.snapshot());
        boolean isPart =
                live.labels() <= version.live().labels() && version.measured().has(figures.measured);
        return isPart ? Optional.of(figures) : Optional.empty();
    }
}
