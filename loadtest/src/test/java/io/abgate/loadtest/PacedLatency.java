package io.abgate.loadtest;

import io.abgate.loadtest.comparison.GeneratorHealth;
import io.abgate.loadtest.traffic.Arrivals;
import io.abgate.loadtest.traffic.FeedbackSettings;
import io.abgate.loadtest.traffic.Keys;
import io.abgate.loadtest.traffic.Load;
import io.abgate.loadtest.traffic.Observations;
import io.abgate.loadtest.traffic.Outcome;
import io.abgate.loadtest.traffic.Plan;
import io.abgate.loadtest.traffic.Request;
import io.abgate.loadtest.traffic.Run;
import io.abgate.loadtest.traffic.TrafficSettings;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** How long requests take that arrive at a fixed mean rate, whatever the server does (the load test's open model). */
final class PacedLatency {
    private static final long PATIENCE_SECONDS = 30;

    private PacedLatency() {}

    /** A request that arrives so often, for so long, at a data listener. */
    record Rate(double perSecond, Duration warmUp, Duration length, int mostInFlight) {}

    /** Sends requests for predictions of a model at this rate. */
    static Run load(String url, String model, String body, Rate rate) throws Exception {
        Plan plan = new Plan(1, List.of(), new Keys(Keys.NONE), 1);
        TrafficSettings settings = new TrafficSettings(
                URI.create(url),
                model,
                Arrivals.POISSON,
                rate.perSecond(),
                rate.warmUp(),
                rate.length(),
                rate.mostInFlight(),
                Duration.ofSeconds(10),
                1,
                new FeedbackSettings(0, Duration.ZERO, Duration.ZERO));
        Load load = new Load(settings, List.of(new Request(Buffer.buffer(body), null)), plan, status -> {});
        try {
            return load.run()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(rate.warmUp().plus(rate.length()).toSeconds() + PATIENCE_SECONDS, TimeUnit.SECONDS);
        } finally {
            load.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }

    /** Of those that were answered, in milliseconds from when they were sent: how late that was is the sender's own affair. */
    static double percentile(Run run, int percent) {
        Observations observations = run.observations();
        double[] millis = IntStream.range(0, observations.size())
                .filter(place -> observations.outcome(place) == Outcome.ANSWERED)
                .mapToDouble(place -> (observations.latency(place) - observations.late(place)) / 1e6)
                .sorted()
                .toArray();
        return millis[millis.length * percent / 100];
    }

    static double p99(Run run) {
        return percentile(run, 99);
    }

    static long count(Run run, Outcome outcome) {
        Observations observations = run.observations();
        return IntStream.range(0, observations.size())
                .filter(place -> observations.outcome(place) == outcome)
                .count();
    }

    /** Whether the sender kept up, so that a run says something of the server. */
    static boolean isValid(Run run) {
        return !GeneratorHealth.of(run).isSaturated();
    }
}
