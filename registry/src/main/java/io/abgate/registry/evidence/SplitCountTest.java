package io.abgate.registry.evidence;

import io.abgate.registry.domain.Check;
import java.util.List;

/**
 * Sequential test of the split between two versions that takes whole counts: do as many units arrive from either as its
 * share says? For {@link SampleRatioTest}, which learns from unit to unit, somebody must know their order; here only how
 * many there were while the shares stayed what they were.
 *
 * <p>Let a unit be meant for the new version with probability π. Where units of one side get lost, the odds are ρ times
 * what they ought to be, and the new version's share is π ρ / (1 + π (ρ − 1)). For each ρ of a grid, from half to double,
 * n units of which m are the new version's multiply a process by
 *
 * <pre>ρ^m / (1 + π (ρ − 1))^n</pre>
 *
 * <p>and the e-value is the mean over the grid (the method of mixtures; Robbins, Annals of Mathematical Statistics 41,
 * 1970, here with a prior of points).
 *
 * <p>Proof: one unit's factor has mean (π ρ + 1 − π) / (1 + π (ρ − 1)) = 1, whatever came before, so each process is a
 * martingale from 1, and so is their mean; how many units a block has makes no difference as long as that does not hang
 * on where they went. Nor does where blocks end, as the factors of the units only multiply.
 */
public final class SplitCountTest {
    private static final double[] RATIOS = {
        .5, .8, .9, .95, .98, .99, 1 / .99, 1 / .98, 1 / .95, 1 / .9, 1 / .8, 2,
    };

    private LogMixture wealth = new LogMixture(RATIOS.length);
    private long ofNew;
    private long ofControl;
    private double expectedNew;

    /** One that has seen nothing. */
    public SplitCountTest() {}

    /**
     * Counts units that came while the shares were these.
     *
     * @param propensityNew the new version's share of the two, in (0, 1)
     */
    public void add(long newUnits, long controlUnits, double propensityNew) {
        Bounds.propensity(propensityNew);
        Check.that(newUnits >= 0 && controlUnits >= 0, "units", newUnits + ", " + controlUnits, "none below 0");
        long units = newUnits + controlUnits;
        for (int i = 0; i < RATIOS.length; i++) {
            wealth.multiply(
                    i,
                    newUnits * StrictMath.log(RATIOS[i]) - units * StrictMath.log1p(propensityNew * (RATIOS[i] - 1)));
        }
        wealth.look();
        ofNew += newUnits;
        ofControl += controlUnits;
        expectedNew += units * propensityNew;
    }

    /** The e-value now. */
    public double e() {
        return wealth.e();
    }

    /** The highest e-value so far. */
    public double peak() {
        return wealth.peak();
    }

    /** Units of the new version. */
    public long ofNew() {
        return ofNew;
    }

    /** Units of the control. */
    public long ofControl() {
        return ofControl;
    }

    /** How many of all these the new version's shares let one expect. */
    public double expectedNew() {
        return expectedNew;
    }

    /** All that changes in it. */
    public record Snapshot(List<Double> logs, double peak, long ofNew, long ofControl, double expectedNew) {}

    /** This test as it is now. */
    public Snapshot snapshot() {
        return new Snapshot(wealth.logs(), wealth.peak(), ofNew, ofControl, expectedNew);
    }

    /** The test of which a snapshot was taken. */
    public static SplitCountTest restored(Snapshot snapshot) {
        SplitCountTest test = new SplitCountTest();
        test.wealth = LogMixture.restored(RATIOS.length, snapshot.logs, snapshot.peak);
        test.ofNew = snapshot.ofNew;
        test.ofControl = snapshot.ofControl;
        test.expectedNew = snapshot.expectedNew;
        return test;
    }
}
