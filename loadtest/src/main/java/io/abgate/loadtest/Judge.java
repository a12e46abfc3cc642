package io.abgate.loadtest;

import io.abgate.loadtest.comparison.Comparer;
import io.abgate.loadtest.comparison.Comparison;
import io.abgate.loadtest.comparison.Figures;
import io.abgate.loadtest.comparison.GeneratorHealth;
import io.abgate.loadtest.comparison.Threshold;
import io.abgate.loadtest.report.Report;
import io.abgate.loadtest.traffic.Outcome;
import io.abgate.loadtest.traffic.Run;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Turns a run into a report. */
final class Judge {
    /** How a warning begins that ends the run with {@link ExitCode#NOT_VALID}. */
    private static final String NOT_VALID = "not valid, exit code " + ExitCode.NOT_VALID + ": ";

    private Judge() {}

    static Report report(
            Run run, Map<String, String> settings, Optional<Comparer> comparer, List<Threshold> thresholds) {
        Figures all = Figures.of(run);
        // compared versions stay in the order in which they were given
        List<String> names = comparer.map(Comparer::versions)
                .orElseGet(() -> byNumber(run.observations().versions()));
        List<Figures> versions =
                names.stream().map(name -> Figures.of(run, name)).toList();
        Optional<Comparison> comparison = comparer.map(one -> one.compare(run, versions));
        GeneratorHealth generator = GeneratorHealth.of(run);
        return new Report(
                Instant.now(),
                settings,
                run,
                all,
                versions,
                comparison,
                thresholds.stream().map(threshold -> kept(threshold, run, all)).toList(),
                generator,
                warnings(all, generator, comparison));
    }

    private static List<String> byNumber(List<String> versions) {
        return versions.stream()
                .sorted(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    private static Report.Kept kept(Threshold threshold, Run run, Figures all) {
        Figures figures = threshold.version().isEmpty() ? all : Figures.of(run, threshold.version());
        return new Report.Kept(threshold, threshold.measured(figures));
    }

    /** Whether the figures say nothing of the gateway. */
    static boolean isInvalid(Report report) {
        return report.generator().isSaturated()
                || !report.comparison().map(Comparison::isSound).orElse(true);
    }

    /** A compared version that the gateway never chose, if there is one: nothing was measured of it. */
    static Optional<String> neverServed(Report report) {
        boolean isSplit =
                report.comparison().map(comparison -> !comparison.isReplay()).orElse(false);
        return report.versions().stream()
                .filter(version -> isSplit && version.arrivals() == 0)
                .map(Figures::name)
                .findFirst();
    }

    private static List<String> warnings(Figures all, GeneratorHealth generator, Optional<Comparison> comparison) {
        List<String> warnings = new ArrayList<>();
        if (generator.isSaturated()) {
            warnings.add(
                    NOT_VALID + share(generator.overTenMillis()) + " of the requests were sent more than 10 ms late"
                            + " (at most 1.0 % may be): the load test itself could not keep up, and measured itself;"
                            + " lower --rate, or run it where it has a processor to itself");
        } else if (generator.isLate()) {
            warnings.add(share(generator.overOneMilli()) + " of the requests were sent more than 1 ms late, by up to"
                    + " " + String.format(Locale.ROOT, "%.1f", generator.lateP99Millis())
                    + " ms in 99 of 100; latencies hold that");
        }
        if (!comparison.map(Comparison::isSound).orElse(true)) {
            warnings.add(NOT_VALID + unsound(comparison.get().isReplay()));
        }
        if (generator.missed() > 0) {
            warnings.add(generator.missed() + " arrivals were missed, as --max-in-flight was reached: they count as"
                    + " never answered, which is longer than any latency");
        }
        boolean isSplit = comparison.isPresent() && !comparison.get().isReplay();
        long unclaimed = all.arrivals() - all.count(Outcome.ANSWERED);
        if (isSplit && unclaimed > 0) {
            warnings.add(
                    unclaimed + " requests failed or were answered by a stand-in (fallback), and nobody knows whose"
                            + " they were: a failing version looks better than it is; percentiles are judged as if"
                            + " all of them were the one version's, or all the other's, and the slowest");
        }
        if (comparison.isPresent() && comparison.get().sampleRatio().isEmpty()) {
            warnings.add("the sample ratio was not checked, as no --shares were given");
        }
        if (comparison.isPresent() && all.judged() == 0) {
            warnings.add("no row has a truth: accuracies were not compared");
        }
        return warnings;
    }

    private static String unsound(boolean isReplay) {
        return isReplay
                ? "the versions did not get equally many requests, as they have to in a replay; measure again"
                : "the versions did not get their --shares; give those that `abgate status MODEL` shows, and measure"
                        + " while they stay as they are; if they do, one version loses requests";
    }

    private static String share(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }
}
