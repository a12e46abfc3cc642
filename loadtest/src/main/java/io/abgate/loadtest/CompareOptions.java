package io.abgate.loadtest;

import io.abgate.loadtest.comparison.Comparer;
import io.abgate.loadtest.comparison.Margins;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which versions are compared, and how. */
final class CompareOptions {
    private static final String SAYS_DEFAULT = " Default: ${DEFAULT-VALUE}.";

    /** Who decides what a version gets. */
    enum By {
        /** Every version gets every row, named in the URL. */
        REPLAY,
        /** The gateway chooses, as it does for applications. */
        SPLIT;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = "--compare",
            split = ",",
            paramLabel = "VERSION",
            description = "Versions to compare, the first is the baseline.")
    private List<String> versions = new ArrayList<>();

    @Option(
            names = "--by",
            defaultValue = "replay",
            paramLabel = "replay|split",
            description = "Every row to every version, named in the URL; or as the gateway splits." + SAYS_DEFAULT)
    private By by = By.REPLAY;

    @Option(
            names = "--shares",
            split = ",",
            paramLabel = "SHARE",
            description = "With --by split: the shares that the versions should have, for the sample-ratio check.")
    private List<Double> shares = new ArrayList<>();

    @Option(
            names = "--alpha",
            defaultValue = "0.05",
            paramLabel = "P",
            description = "Chance of any false \"better\" or \"worse\" in the whole comparison." + SAYS_DEFAULT)
    private double alpha;

    @Option(
            names = "--latency-margin",
            defaultValue = "10%",
            paramLabel = "SHARE|TIME",
            description = "Smallest difference of a latency percentile that matters: of the baseline's (and no less"
                    + " than 0.1 ms), or a time." + SAYS_DEFAULT)
    private LatencyMargin latencyMargin = new LatencyMargin(0, Duration.ZERO);

    @Option(
            names = "--accuracy-margin",
            defaultValue = "1%",
            paramLabel = "SHARE",
            description = "Smallest difference in accuracy that matters." + SAYS_DEFAULT)
    private Share accuracyMargin = new Share(0);

    @Option(
            names = "--error-margin",
            defaultValue = "0.5%",
            paramLabel = "SHARE",
            description = "Smallest difference in errors that matters." + SAYS_DEFAULT)
    private Share errorMargin = new Share(0);

    @Option(names = "--fail-undecided", description = "Exit with 1 when a verdict is undecided, too.")
    private boolean failsUndecided;

    /** How to compare; nothing when only one stream is measured. */
    Optional<Comparer> comparer(WrongCall wrongCall) {
        wrongCall.unless(
                sharesFit(), "--shares: " + shares + " (expected: one above 0 for each version, with --by split)");
        if (versions.isEmpty()) {
            return Optional.empty();
        }
        boolean isSound = versions.size() > 1
                && new HashSet<>(versions).size() == versions.size()
                && versions.stream().allMatch(version -> version.matches("[1-9]\\d*"));
        wrongCall.unless(
                isSound,
                "--compare: " + String.join(",", versions) + " (expected: at least two versions, such as 3,4)");
        wrongCall.unless(alpha > 0 && alpha < 0.5, "--alpha: " + alpha + " (expected: above 0, below 0.5)");
        return Optional.of(new Comparer(versions, by == By.REPLAY, margins(wrongCall), alpha, shares));
    }

    private boolean sharesFit() {
        boolean isOneEach = shares.size() == versions.size() && shares.stream().allMatch(share -> share > 0);
        return shares.isEmpty() || (by == By.SPLIT && isOneEach);
    }

    private Margins margins(WrongCall wrongCall) {
        boolean matter = latencyMargin.isAboveZero() && accuracyMargin.value() > 0 && errorMargin.value() > 0;
        wrongCall.unless(matter, "a margin of 0 (expected: above 0, as nothing is ever equal to the last bit)");
        return new Margins(
                latencyMargin.share(), latencyMargin.leastMillis(), accuracyMargin.value(), errorMargin.value());
    }

    /** Versions that requests name. */
    List<String> pinned() {
        return by == By.REPLAY ? versions : List.of();
    }

    boolean failsUndecided() {
        return failsUndecided;
    }

    void describe(Map<String, String> settings) {
        if (!versions.isEmpty()) {
            settings.put("compared", String.join(", ", versions) + " by " + by);
            settings.put(
                    "margins", "latency " + latencyMargin + ", accuracy " + accuracyMargin + ", errors " + errorMargin);
        }
    }
}
