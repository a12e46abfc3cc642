package io.abgate.registry.evidence;

import io.abgate.registry.domain.Check;
import java.util.ArrayList;
import java.util.List;

/**
 * How long something takes that has not happened to everyone yet: the product-limit estimate of a time's distribution
 * under right censoring.
 *
 * <p>Kaplan and Meier, "Nonparametric estimation from incomplete observations", JASA 53, 1958; variance by Greenwood,
 * "The natural duration of cancer", 1926. With d of n at risk to whom it happens at a time t, and those that are
 * censored at t still at risk there,
 *
 * <pre>S(t) = Π (1 − d / n),  Var S(t) ≈ S(t)² Σ d / (n (n − d))</pre>
 *
 * <p>It holds where being censored says nothing of the time to come.
 */
public final class KaplanMeier {
    private final List<Step> steps;

    private KaplanMeier(List<Step> steps) {
        this.steps = List.copyOf(steps);
    }

    /**
     * A time at which it happened.
     *
     * @param atRisk to how many it could have happened then
     * @param events to how many it did
     * @param survival part to whom it has not happened by then, this time included
     * @param variance of that, NaN once nobody is left
     */
    public record Step(double time, long atRisk, long events, double survival, double variance) {}

    /**
     * The estimate from counts at times.
     *
     * @param times in ascending order
     * @param events to how many it happened at each
     * @param censored how many were seen until each and not longer
     */
    public static KaplanMeier of(double[] times, long[] events, long[] censored) {
        Check.that(
                times.length == events.length && times.length == censored.length,
                "events",
                events.length + " and " + censored.length,
                "one of each a time, so " + times.length);
        long atRisk = 0;
        for (int i = 0; i < times.length; i++) {
            Check.that(i == 0 || times[i] > times[i - 1], "times", times[i], "ascending");
            Check.that(events[i] >= 0, "events", events[i], "numbers from 0");
            Check.that(censored[i] >= 0, "censored", censored[i], "numbers from 0");
            atRisk += events[i] + censored[i];
        }
        return new KaplanMeier(steps(times, events, censored, atRisk));
    }

    private static List<Step> steps(double[] times, long[] events, long[] censored, long all) {
        List<Step> steps = new ArrayList<>();
        long atRisk = all;
        double survival = 1;
        double greenwood = 0;
        for (int i = 0; i < times.length; i++) {
            if (events[i] > 0) {
                survival *= (double) (atRisk - events[i]) / atRisk;
                greenwood += events[i] / ((double) atRisk * (atRisk - events[i]));
                double variance = atRisk == events[i] ? Double.NaN : survival * survival * greenwood;
                steps.add(new Step(times[i], atRisk, events[i], survival, variance));
            }
            atRisk -= events[i] + censored[i];
        }
        return steps;
    }

    /** The times at which it happened, in ascending order. */
    public List<Step> steps() {
        return steps;
    }

    /** Part to whom it had not happened by a time, that time included. */
    public double survival(double time) {
        double survival = 1;
        for (Step step : steps) {
            if (step.time() > time) {
                break;
            }
            survival = step.survival();
        }
        return survival;
    }

    /**
     * Time by which it has happened to a part of those to whom it happens at all, as far as has been seen; NaN where it
     * never has. What never happens to many has no quantiles over all.
     *
     * @param part in (0, 1]
     */
    public double quantileOfThoseThatCome(double part) {
        Check.that(part > 0 && part <= 1, "part", part, "a number in (0, 1]");
        if (steps.isEmpty()) {
            return Double.NaN;
        }
        Step last = steps.get(steps.size() - 1);
        double wanted = part * (1 - last.survival());
        return steps.stream()
                .filter(step -> 1 - step.survival() >= wanted)
                .findFirst()
                .orElse(last)
                .time();
    }
}
