package io.abgate.registry.evidence;

import io.abgate.registry.domain.Check;
import java.util.List;

/**
 * E-process for "something bad happens to the new version's units oftener than to its control's at the same time, by
 * more than a margin d", from whole counts.
 *
 * <p>A unit goes to the new version with known probability π, and Y = 1 when the bad thing happens to it. With c, the
 * rate of both in the blocks before,
 *
 * <pre>Z = (Y − c) (1{new} / π − 1{control} / (1 − π)) − d</pre>
 *
 * <p>takes four values only. A block multiplies the process of each boldness g by Π (1 + λ z)^n over these four, where
 * λ = g / |least z|; the e-value is the mean over the grid of g.
 *
 * <p>Proof: by the known propensity (Horvitz and Thompson, JASA 47, 1952) E[Z | past] = p_new − p_control − d for any c
 * from the past, which is ≤ 0 as long as the new version is worse by no more than d, however bad both are. c and λ are
 * fixed before a block, so each unit of it has a factor of mean ≤ 1 (Waudby-Smith and Ramdas, JRSS B 86, 2024), and all
 * factors are positive as g &lt; 1. A λ learnt from blocks alone would have nothing to bet by in the first one, which is
 * large where traffic is dense; a mixture needs no such first one.
 */
public final class ExcessRateTest {
    private static final double[] BOLDNESS = {1 / 64., 1 / 32., 1 / 16., 1 / 8., 1 / 4., 1 / 2., .75, .95};

    private final double margin;
    private LogMixture wealth = new LogMixture(BOLDNESS.length);
    private Tally ofNew = Tally.NONE;
    private Tally ofControl = Tally.NONE;

    /** Tests for more than {@code margin} oftener, in (0, 1). */
    public ExcessRateTest(double margin) {
        Check.that(margin > 0 && margin < 1, "margin", margin, "a number in (0, 1)");
        this.margin = margin;
    }

    /** Units of one version, and to how many of them it happened. */
    public record Tally(long units, long bad) {
        /** Nothing yet. */
        public static final Tally NONE = new Tally(0, 0);

        public Tally {
            Check.that(bad >= 0 && bad <= units, "bad", bad, "0 to " + units);
        }

        /** These and others. */
        public Tally plus(Tally more) {
            return new Tally(units + more.units, bad + more.bad);
        }

        long good() {
            return units - bad;
        }
    }

    /**
     * Counts units that came while the shares were these.
     *
     * @param propensityNew the new version's share of the two, in (0, 1)
     */
    public void add(Tally freshOfNew, Tally freshOfControl, double propensityNew) {
        Bounds.propensity(propensityNew);
        double center = (ofNew.bad + ofControl.bad + margin) / (ofNew.units + ofControl.units + 1);
        double badNew = (1 - center) / propensityNew - margin;
        double goodNew = -center / propensityNew - margin;
        double badControl = -(1 - center) / (1 - propensityNew) - margin;
        double goodControl = center / (1 - propensityNew) - margin;
        double least = Math.min(goodNew, badControl);
        for (int i = 0; i < BOLDNESS.length; i++) {
            double bet = BOLDNESS[i] / -least;
            wealth.multiply(
                    i,
                    freshOfNew.bad * StrictMath.log1p(bet * badNew)
                            + freshOfNew.good() * StrictMath.log1p(bet * goodNew)
                            + freshOfControl.bad * StrictMath.log1p(bet * badControl)
                            + freshOfControl.good() * StrictMath.log1p(bet * goodControl));
        }
        wealth.look();
        ofNew = ofNew.plus(freshOfNew);
        ofControl = ofControl.plus(freshOfControl);
    }

    /**
     * What was gained is no longer believed: the e-value falls to 1, if it is above that. That only lowers a
     * supermartingale, at a time that the past alone tells, as with {@link LifeLedger#forgetGains}; losses stay.
     */
    public void forgetGains() {
        wealth.forgetGains();
    }

    /** The e-value now. */
    public double e() {
        return wealth.e();
    }

    /** The highest e-value so far. */
    public double peak() {
        return wealth.peak();
    }

    /** What happened to the new version. */
    public Tally ofNew() {
        return ofNew;
    }

    /** What happened to its control. */
    public Tally ofControl() {
        return ofControl;
    }

    /** All that changes in it. */
    public record Snapshot(List<Double> logs, double peak, Tally ofNew, Tally ofControl) {}

    /** This process as it is now. */
    public Snapshot snapshot() {
        return new Snapshot(wealth.logs(), wealth.peak(), ofNew, ofControl);
    }

    /** The process of which a snapshot was taken. */
    public static ExcessRateTest restored(double margin, Snapshot snapshot) {
        ExcessRateTest test = new ExcessRateTest(margin);
        test.wealth = LogMixture.restored(BOLDNESS.length, snapshot.logs, snapshot.peak);
        test.ofNew = snapshot.ofNew;
        test.ofControl = snapshot.ofControl;
        return test;
    }
}
