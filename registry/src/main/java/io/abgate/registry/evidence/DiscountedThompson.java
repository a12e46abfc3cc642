package io.abgate.registry.evidence;

import io.abgate.registry.domain.Check;
import java.util.ArrayList;
import java.util.List;

/**
 * Discounted Thompson sampling with the propensity first: turns live labels into exact shares, from which requests are
 * then assigned by hash, so that every propensity is known.
 *
 * <p>Thompson (Biometrika 25, 1933) as probability matching (Scott, "A modern Bayesian look at the multi-armed bandit",
 * 2010), discounted as in Raj and Kalyani, arXiv:1707.09727. Each label first multiplies all sums by γ, then adds to
 * its arm's; the posterior of arm a is Beta(S_a + 1, N_a − S_a + 1), ψ_a the probability that a is best, and
 *
 * <pre>share_a = ε + (1 − K ε) ψ_a</pre>
 *
 * <p>To find the best arm sooner rather than to lose the least on the way, top-two Thompson sampling (Russo, "Simple
 * Bayesian algorithms for best-arm identification", Operations Research 68, 2020) first replaces ψ_a by
 * ψ_a (½ + ½ Σ_{j≠a} ψ_j / (1 − ψ_j)): with probability ½ the best, else the best of the rest.
 *
 * <p>Proof: ψ sums to 1 over the K arms, so the shares sum to K ε + 1 − K ε = 1 and none is below the floor ε. The
 * floor costs a regret of ε times the sum of the gaps per request. A label is O(1): instead of shrinking all sums by γ
 * the weight of new ones grows by 1/γ.
 */
public final class DiscountedThompson {
    private static final int CELLS = 1024;
    private static final double MOST_WEIGHT = 1e100;
    /** Multiples of this add up exactly, in any order. */
    private static final double UNIT = 0x1.0p-50;

    private static final class Arm {
        private final int version;
        private double successes;
        private double failures;

        private Arm(int version) {
            this.version = version;
        }
    }

    private final double discount;
    private final List<Arm> arms = new ArrayList<>();
    private BestArm posteriors = new BestArm(0, CELLS);
    private double weight = 1;
    private int cappedVersion;
    private double cap = 1;

    /** With no arm yet; {@code discount} in (0, 1] is the weight that older labels keep at each new one. */
    public DiscountedThompson(double discount) {
        Check.that(discount > 0 && discount <= 1, "discount", discount, "a number in (0, 1]");
        this.discount = discount;
    }

    /** Adds an arm that has no labels yet. */
    public void add(int version) {
        Check.that(indexOf(version) < 0, "version", version, "one that is no arm yet");
        arms.add(new Arm(version));
        posteriors = new BestArm(arms.size(), CELLS);
    }

    /** Removes an arm and forgets its labels; its cap is lifted. */
    public void remove(int version) {
        int index = indexOf(version);
        Check.that(index >= 0, "version", version, "an arm");
        arms.remove(index);
        if (version == cappedVersion) {
            cap = 1;
        }
    }

    /** Bounds the share of this one arm from above; the excess goes to the others in proportion. */
    public void cap(int version, double share) {
        Check.that(indexOf(version) >= 0, "version", version, "an arm");
        Check.that(share >= 0 && share <= 1, "cap", share, "a number in [0, 1]");
        cappedVersion = version;
        cap = share;
    }

    /** Learns from a label; one of a version that is no arm (any more) changes nothing. */
    public void learn(int version, double score) {
        Bounds.score(score);
        int index = indexOf(version);
        if (index < 0) {
            return;
        }
        weight /= discount;
        Arm arm = arms.get(index);
        arm.successes += score * weight;
        arm.failures += (1 - score) * weight;
        if (weight > MOST_WEIGHT) {
            rescale();
        }
    }

    /** The arms, in the order of {@link #shares}. */
    public int[] versions() {
        return arms.stream().mapToInt(arm -> arm.version).toArray();
    }

    /**
     * The share of each arm, in the order of {@link #versions}; they sum to exactly 1. A cap wins over the floor, but a
     * lone arm gets everything.
     *
     * @param floor the least share of an arm, from 0 to 1 / arms, kept to within 1e-14
     */
    public double[] shares(double floor) {
        return shares(floor, probabilities());
    }

    /** The shares that find the best arm soonest, otherwise as {@link #shares}. */
    public double[] topTwoShares(double floor) {
        return shares(floor, TopTwo.of(probabilities()));
    }

    private double[] shares(double floor, double[] shares) {
        int count = arms.size();
        Check.that(floor >= 0 && floor * count <= 1, "floor", floor, "0 to 1/" + count);
        for (int i = 0; i < count; i++) {
            shares[i] = floor + (1 - count * floor) * shares[i];
        }
        applyCap(shares);
        return exact(shares);
    }

    /**
     * All that changes in it.
     *
     * @param arms in the order of the shares
     * @param weight of a new label in the sums
     */
    public record Snapshot(List<ArmSnapshot> arms, double weight, int cappedVersion, double cap) {
        public Snapshot {
            arms = List.copyOf(arms);
        }
    }

    /** Weighted sums of one arm. */
    public record ArmSnapshot(int version, double successes, double failures) {}

    /** The arms as they are now. */
    public Snapshot snapshot() {
        List<ArmSnapshot> copies = arms.stream()
                .map(arm -> new ArmSnapshot(arm.version, arm.successes, arm.failures))
                .toList();
        return new Snapshot(copies, weight, cappedVersion, cap);
    }

    /** The arms of which a snapshot was taken. */
    public static DiscountedThompson restored(double discount, Snapshot snapshot) {
        DiscountedThompson thompson = new DiscountedThompson(discount);
        for (ArmSnapshot copy : snapshot.arms) {
            thompson.add(copy.version);
            Arm arm = thompson.arms.get(thompson.indexOf(copy.version));
            arm.successes = copy.successes;
            arm.failures = copy.failures;
        }
        thompson.weight = snapshot.weight;
        thompson.cappedVersion = snapshot.cappedVersion;
        thompson.cap = snapshot.cap;
        return thompson;
    }

    private double[] probabilities() {
        Check.that(!arms.isEmpty(), "arms", arms.size(), "at least one");
        for (int i = 0; i < arms.size(); i++) {
            Arm arm = arms.get(i);
            posteriors.posterior(i, arm.successes / weight, arm.failures / weight);
        }
        double[] best = new double[arms.size()];
        posteriors.probabilities(best);
        return best;
    }

    private void applyCap(double[] shares) {
        int capped = indexOf(cappedVersion);
        if (capped < 0 || shares.length == 1 || shares[capped] <= cap) {
            return;
        }
        double others = 1 - shares[capped];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = others > 0 ? shares[i] * (1 - cap) / others : (1 - cap) / (shares.length - 1);
        }
        shares[capped] = cap;
    }

    private static double[] exact(double[] shares) {
        int largest = 0;
        double rest = 1;
        for (int i = 0; i < shares.length; i++) {
            shares[i] = Math.rint(shares[i] / UNIT) * UNIT;
            rest -= shares[i];
            largest = shares[i] > shares[largest] ? i : largest;
        }
        shares[largest] += rest;
        return shares;
    }

    private void rescale() {
        for (Arm arm : arms) {
            arm.successes /= weight;
            arm.failures /= weight;
        }
        weight = 1;
    }

    private int indexOf(int version) {
        for (int i = 0; i < arms.size(); i++) {
            if (arms.get(i).version == version) {
                return i;
            }
        }
        return -1;
    }
}
