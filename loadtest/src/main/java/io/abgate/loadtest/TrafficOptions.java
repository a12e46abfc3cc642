package io.abgate.loadtest;

import io.abgate.loadtest.traffic.Arrivals;
import io.abgate.loadtest.traffic.FeedbackSettings;
import io.abgate.loadtest.traffic.Keys;
import io.abgate.loadtest.traffic.TrafficSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** What is sent, and how. */
final class TrafficOptions {
    private static final String SAYS_DEFAULT = " Default: ${DEFAULT-VALUE}.";

    @Option(
            names = "--url",
            defaultValue = "http://127.0.0.1:8080",
            paramLabel = "URL",
            description = "Data listener of a gateway." + SAYS_DEFAULT)
    private String url = "";

    @Option(names = "--model", required = true, paramLabel = "NAME", description = "Model to ask.")
    private String model = "";

    @Option(
            names = "--rate",
            defaultValue = "100",
            paramLabel = "N",
            description = "Requests a second, of all versions together." + SAYS_DEFAULT)
    private double rate;

    @Option(
            names = "--duration",
            defaultValue = "30s",
            paramLabel = "TIME",
            description = "Length of the measurement." + SAYS_DEFAULT)
    private Duration duration = Duration.ZERO;

    @Option(
            names = "--warm-up",
            defaultValue = "5s",
            paramLabel = "TIME",
            description = "Sent before that and not counted; its first half from rate 0 up." + SAYS_DEFAULT)
    private Duration warmUp = Duration.ZERO;

    @Option(
            names = "--arrivals",
            defaultValue = "constant",
            paramLabel = "constant|poisson",
            description = "Evenly spaced, or by chance." + SAYS_DEFAULT)
    private Arrivals arrivals = Arrivals.CONSTANT;

    @Option(
            names = "--keys",
            defaultValue = "none",
            paramLabel = "none|request|N",
            description = "Routing keys: none, a new one with each request, or one of N by chance." + SAYS_DEFAULT)
    private Keys keys = new Keys(Keys.NONE);

    @Option(
            names = "--max-in-flight",
            defaultValue = "1000",
            paramLabel = "N",
            description = "Requests beyond that are missed, and counted as errors." + SAYS_DEFAULT)
    private int mostInFlight;

    @Option(
            names = "--timeout",
            defaultValue = "5s",
            paramLabel = "TIME",
            description = "Waits so long for an answer." + SAYS_DEFAULT)
    private Duration timeout = Duration.ZERO;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description = "Of everything that is left to chance." + SAYS_DEFAULT)
    private long seed;

    @Option(
            names = "--feedback-share",
            defaultValue = "0",
            paramLabel = "SHARE",
            description = "Share of the predictions whose truth is reported; labels may make a gateway retrain."
                    + SAYS_DEFAULT)
    private Share feedbackShare = new Share(0);

    @Option(
            names = "--feedback-delay",
            defaultValue = "1s",
            paramLabel = "TIME[..TIME]",
            description = "How long after the answer; spread evenly between two times." + SAYS_DEFAULT)
    private FeedbackDelay feedbackDelay = new FeedbackDelay(Duration.ZERO, Duration.ZERO);

    /** The settings, checked. */
    TrafficSettings settings(WrongCall wrongCall) {
        wrongCall.unless(rate > 0 && rate <= 1e6, "--rate: " + rate + " (expected: above 0, at most 1000000)");
        wrongCall.unless(!duration.isZero(), "--duration: 0 (expected: above 0)");
        wrongCall.unless(
                mostInFlight > 0 && mostInFlight <= 20_000,
                "--max-in-flight: " + mostInFlight + " (expected: 1 to 20000)");
        wrongCall.unless(timeout.toMillis() > 0, "--timeout: " + timeout + " (expected: at least 1ms)");
        URI address = address(wrongCall);
        return new TrafficSettings(
                address, model, arrivals, rate, warmUp, duration, mostInFlight, timeout, seed, feedback());
    }

    private URI address(WrongCall wrongCall) {
        String refusal = "--url: " + url + " (expected: http://HOST:PORT)";
        try {
            URI address = URI.create(url);
            String scheme = address.getScheme();
            wrongCall.unless(
                    address.getHost() != null && List.of("http", "https").contains(scheme == null ? "" : scheme),
                    refusal);
            return address;
        } catch (IllegalArgumentException e) {
            throw wrongCall.because(refusal);
        }
    }

    private FeedbackSettings feedback() {
        return new FeedbackSettings(feedbackShare.value(), feedbackDelay.shortest(), feedbackDelay.longest());
    }

    String url() {
        return url;
    }

    String model() {
        return model;
    }

    Keys keys() {
        return keys;
    }

    long seed() {
        return seed;
    }

    /** For the report. */
    void describe(Map<String, String> settings) {
        settings.put("model", model);
        settings.put("url", url);
        settings.put("rate", rate + "/s, " + arrivals + " arrivals");
        settings.put("duration", seconds(duration) + " after " + seconds(warmUp) + " of warm-up");
        settings.put("keys", keys.isSent() ? keys.count() > 0 ? keys.count() + " keys" : "a new one each" : "none");
        settings.put("limits", mostInFlight + " in flight, " + seconds(timeout) + " to answer");
        settings.put("feedback", feedbackShare.value() == 0 ? "none" : feedbackShare + " after " + feedbackDelay);
        settings.put("seed", Long.toString(seed));
    }

    static String seconds(Duration duration) {
        return duration.toMillis() / 1000.0 + " s";
    }
}
