package io.abgate.registry.benchmark;

import io.abgate.registry.evidence.AipwDifference;
import io.abgate.registry.evidence.DiscountedThompson;
import io.abgate.registry.evidence.EProcess;
import io.abgate.registry.evidence.EmpiricalBernstein;
import io.abgate.registry.evidence.LifeLedger;
import io.abgate.registry.evidence.McNemar;
import io.abgate.registry.evidence.ModelXDifference;
import io.abgate.registry.evidence.ModelXInferiority;
import io.abgate.registry.evidence.ModelXNonInferiority;
import io.abgate.registry.evidence.PairedInferiority;
import io.abgate.registry.evidence.PairedNonInferiority;
import io.abgate.registry.evidence.SampleRatioTest;
import io.abgate.registry.evidence.ShiryaevRoberts;
import io.abgate.registry.policy.rollout.Phase;
import io.abgate.registry.policy.rollout.RolloutPolicy;
import io.abgate.registry.policy.rollout.RolloutSettings;
import io.abgate.registry.policy.rollout.StakedLife;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Nanoseconds for one update of each statistic, by outcomes that a processor cannot guess. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EvidenceBenchmark {
    private static final double SHARE = .3;

    private final double[] shares = {1 - SHARE, SHARE};
    private final double[] three = {.5, .3, .2};
    private final EProcess process = new EProcess();
    private final LifeLedger life = LifeLedger.allStaked(.05);
    private final ModelXDifference difference = new ModelXDifference(2);
    private final ModelXDifference omnibus = new ModelXDifference(3);
    private final ModelXInferiority inferiority = new ModelXInferiority(.9995);
    private final ModelXNonInferiority nonInferiority = new ModelXNonInferiority(.05);
    private final PairedInferiority pairedInferiority = new PairedInferiority();
    private final PairedNonInferiority pairedNonInferiority = new PairedNonInferiority(.02);
    private final McNemar mcNemar = new McNemar();
    private final SampleRatioTest ratio = new SampleRatioTest(2);
    private final ShiryaevRoberts detector = new ShiryaevRoberts(.85, 1e-4);
    private final AipwDifference aipw = new AipwDifference();
    private final EmpiricalBernstein bernstein = new EmpiricalBernstein(.05);
    private final DiscountedThompson thompson = thompson();
    private final Histogram histogram = new Histogram(3);
    private final RolloutPolicy canary = new RolloutPolicy(endless(), new StakedLife(endless()), Phase.CANARY, 0);
    private long state = 42;

    /** As shipped, but never undecided, so that all of it goes on. */
    private static RolloutSettings endless() {
        RolloutSettings shipped = RolloutSettings.DEFAULT;
        RolloutSettings.Canary canary = shipped.canary();
        return new RolloutSettings(
                shipped.alpha(),
                shipped.stakes(),
                shipped.alphaPromotion(),
                shipped.alphaSplit(),
                shipped.shadow(),
                new RolloutSettings.Canary(canary.steps(), canary.margin(), canary.margins(), Integer.MAX_VALUE),
                shipped.guard(),
                shipped.attribution());
    }

    private static DiscountedThompson thompson() {
        DiscountedThompson arms = new DiscountedThompson(.998);
        arms.add(1);
        arms.add(2);
        return arms;
    }

    /** Sixteen bits of xorshift: cheap beside what is measured. */
    private int bits() {
        state ^= state << 13;
        state ^= state >>> 7;
        state ^= state << 17;
        return (int) state & 0xFFFF;
    }

    private static boolean toNew(int bits) {
        return (bits & 0xFF) < 77;
    }

    private static double score(int bits) {
        return bits >>> 8 < 230 ? 1 : 0;
    }

    /** The bits alone, which are in all the others. */
    @Benchmark
    public double nothing() {
        return score(bits());
    }

    @Benchmark
    public void modelXDifference() {
        int bits = bits();
        process.multiply(difference.factor(toNew(bits) ? 1 : 0, shares, score(bits)));
    }

    @Benchmark
    public void modelXOfThreeArms() {
        int bits = bits();
        process.multiply(omnibus.factor(bits % 3, three, score(bits)));
    }

    @Benchmark
    public void modelXInferiority() {
        int bits = bits();
        life.multiply(inferiority.factor(toNew(bits), SHARE, score(bits)));
    }

    @Benchmark
    public void modelXNonInferiority() {
        int bits = bits();
        process.multiply(nonInferiority.factor(toNew(bits), SHARE, score(bits)));
    }

    @Benchmark
    public void pairedInferiority() {
        int bits = bits();
        life.multiply(pairedInferiority.factor(score(bits), toNew(bits) ? 0 : 1));
    }

    @Benchmark
    public void pairedNonInferiority() {
        int bits = bits();
        process.multiply(pairedNonInferiority.factor(score(bits), toNew(bits) ? 0 : 1));
    }

    @Benchmark
    public void mcNemar() {
        process.multiply(mcNemar.factor((bits() & 1) == 0));
    }

    @Benchmark
    public void sampleRatioTest() {
        process.multiply(ratio.factor(toNew(bits()) ? 1 : 0, shares));
    }

    @Benchmark
    public boolean shiryaevRoberts() {
        detector.score(score(bits()));
        return detector.alarms();
    }

    @Benchmark
    public void aipwDifference() {
        int bits = bits();
        aipw.unit(toNew(bits), SHARE, score(bits));
    }

    @Benchmark
    public void empiricalBernsteinWithLogarithms() {
        bernstein.add((bits() & 0xFF) / 255.0);
    }

    @Benchmark
    public void discountedThompson() {
        int bits = bits();
        thompson.learn(toNew(bits) ? 2 : 1, score(bits));
    }

    @Benchmark
    public void quantileHistogram() {
        histogram.recordValue(bits());
    }

    /** A unit of a canary through the whole policy: five margins and none, ladder, split, budget. Not one statistic. */
    @Benchmark
    public void wholePolicy() {
        int bits = bits();
        canary.unit(toNew(bits), SHARE, score(bits));
    }
}
