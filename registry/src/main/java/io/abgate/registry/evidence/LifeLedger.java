package io.abgate.registry.evidence;

import io.abgate.registry.domain.Check;

/**
 * One version's budget for being wrongly taken back: over its whole life, whatever the phases, the chance of that is at
 * most α.
 *
 * <p>Of the wealth 1, U is not staked yet and G is at play. A stake moves a part of U to G before a label, by a rule
 * fixed in advance; each unit multiplies G by its e-factor. The version is taken back when G reaches 1/α.
 *
 * <p>Proof: a stake leaves G + U as it is and a factor has mean at most 1, so G + U is a non-negative supermartingale
 * from 1, and by Ville (Étude critique de la notion de collectif, 1939) P(G ever reaches 1/α) ≤ α. What the phases of
 * one life share is this one wealth; a second ledger would double α.
 *
 * <p>When labels turn out not to be true, {@link #forgetGains} puts G at min(G, 1 − U), where 1 − U is what was staked in
 * all. Proof: that lowers G + U or leaves it, never below 0, at a time that is known from the past alone. So the wealth
 * after it, W' ≤ W, still has E[W'(t + 1) | past] ≤ E[W(t + 1) | past] ≤ W(t), and where the gains were forgotten before,
 * every later factor starts from the lower W': a non-negative supermartingale from the same 1. Losses stay, and U is not
 * refilled, or the same budget could be played twice.
 */
public final class LifeLedger {
    /** Keeps G finite; a cap only lowers a supermartingale. */
    private static final double MOST = 1e300;
    /** By how much the stakes of a schedule that sums to 1 may exceed it in floating point. */
    private static final double ROUNDING = 1e-12;

    private final double threshold;
    private double staked;
    private double unstaked;
    private double peak;

    /** A life in which nothing is staked yet: G = 0, U = 1. */
    public LifeLedger(double alpha) {
        this(alpha, 0, 1);
    }

    private LifeLedger(double alpha, double staked, double unstaked) {
        Check.that(alpha > 0 && alpha < 1, "alpha", alpha, "a number in (0, 1)");
        this.threshold = 1 / alpha;
        this.staked = staked;
        this.unstaked = unstaked;
        this.peak = staked;
    }

    /** A life of one phase, with everything at play from its first label: G = 1, U = 0. */
    public static LifeLedger allStaked(double alpha) {
        return new LifeLedger(alpha, 1, 0);
    }

    /** Puts {@code stake} of what is not staked yet at play. */
    public void stake(double stake) {
        Check.that(stake >= 0 && stake <= unstaked + ROUNDING, "stake", stake, "0 to " + unstaked);
        double moved = Math.min(stake, unstaked);
        unstaked -= moved;
        play(staked + moved);
    }

    /** Counts one unit, by its e-factor. */
    public void multiply(double factor) {
        Bounds.factor(factor);
        play(staked * factor);
    }

    /** What was gained is no longer believed: G falls to what was staked in all, if it is above that. */
    public void forgetGains() {
        staked = Math.min(staked, 1 - unstaked);
        peak = staked; // nobody is to be taken back for gains that are not believed
    }

    /** G: what is at play. */
    public double g() {
        return staked;
    }

    /** U: what is not staked yet. */
    public double u() {
        return unstaked;
    }

    /** 1/α: what G must reach. */
    public double threshold() {
        return threshold;
    }

    /** The highest G so far, but for gains that were forgotten since. */
    public double peak() {
        return peak;
    }

    /** Whether G ever reached the threshold, even if it fell again; not by gains that were forgotten since. */
    public boolean isSpent() {
        return peak >= threshold;
    }

    /**
     * All that changes in a life.
     *
     * @param staked G
     * @param unstaked U
     * @param peak the highest G
     */
    public record Snapshot(double staked, double unstaked, double peak) {}

    /** This life as it is now. */
    public Snapshot snapshot() {
        return new Snapshot(staked, unstaked, peak);
    }

    /** The life of which a snapshot was taken. */
    public static LifeLedger restored(double alpha, Snapshot snapshot) {
        LifeLedger life = new LifeLedger(alpha, snapshot.staked, snapshot.unstaked);
        life.peak = snapshot.peak;
        return life;
    }

    private void play(double wealth) {
        staked = Math.min(wealth, MOST);
        peak = Math.max(peak, staked);
    }
}
