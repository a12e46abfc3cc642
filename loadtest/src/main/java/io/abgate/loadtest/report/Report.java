package io.abgate.loadtest.report;

import io.abgate.loadtest.comparison.Comparison;
import io.abgate.loadtest.comparison.Figures;
import io.abgate.loadtest.comparison.GeneratorHealth;
import io.abgate.loadtest.comparison.Threshold;
import io.abgate.loadtest.traffic.Run;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that a run gave.
 *
 * @param settings what was asked for, as people read it
 * @param versions those compared, or those that answered
 * @param warnings why figures are to be read with care
 */
public record Report(
        Instant at,
        Map<String, String> settings,
        Run run,
        Figures all,
        List<Figures> versions,
        Optional<Comparison> comparison,
        List<Kept> thresholds,
        GeneratorHealth generator,
        List<String> warnings) {
    public Report {
        versions = List.copyOf(versions);
        thresholds = List.copyOf(thresholds);
        warnings = List.copyOf(warnings);
    }

    /** Whether the figures of one version are those of all requests. */
    boolean isOfOneVersion() {
        return versions.size() == 1 && versions.get(0).arrivals() == all.arrivals();
    }

    /**
     * A threshold and what was measured.
     *
     * @param measured in the threshold's unit; NaN when nothing was
     */
    public record Kept(Threshold threshold, double measured) {
        /** What was measured, with its unit. */
        String shown() {
            return switch (threshold.unit()) {
                case MILLISECONDS -> Numbers.millis(measured);
                case SHARE -> Numbers.percent(measured);
                case PER_SECOND -> Numbers.digits(measured) + "/s";
            };
        }

        public boolean isKept() {
            return threshold.isKeptBy(measured);
        }
    }
}
