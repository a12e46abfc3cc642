package io.abgate.model.comparison;

import io.abgate.registry.evidence.LifeLedger;
import io.abgate.registry.evidence.ModelXInferiority;

/** When a new version is taken back, as label after label comes in; each goes to the new version or the one beside it. */
interface Rule {
    /** Labels of the new version in a window of the rules that look at windows. */
    int WINDOW = 100;

    /** By how much a window may be below what the version beside it had at the beginning. */
    double ALLOWED = .05;

    /** Whether it is to be taken back after this label. */
    boolean rollsBack(boolean toNew, double score);

    /** One of the compared rules, as a table names it. */
    enum Kind {
        /** Every failed measurement fails the analysis: failureLimit is 0 unless it is set. */
        ARGO("Argo Rollouts, failureLimit 0"),
        /** Five failed checks, as its documentation sets the threshold. */
        FLAGGER("Flagger, threshold 5"),
        PEEKED_Z("z-test at 5 %, looked at every 10 labels"),
        DDM("DDM"),
        CLASSIC("classic thresholds (−.10 once, −.05 three times)"),
        ABGATE("abgate, e-process at 5 %"),
        /** {@code rollout.decisions: threshold}, with the shipped figures. */
        ABGATE_THRESHOLD("abgate, `decisions: threshold` (−.10, newest 100 of each)"),
        /** {@code rollout.decisions: both}: either takes it back. */
        ABGATE_BOTH("abgate, `decisions: both`");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }

        Rule begin() {
            return switch (this) {
                case ARGO -> new FailedChecks(1);
                case FLAGGER -> new FailedChecks(5);
                case PEEKED_Z -> new PeekedZ();
                case DDM -> new DriftDetection();
                case CLASSIC -> new Thresholds();
                case ABGATE -> new EValue();
                case ABGATE_THRESHOLD -> new NewestWindows();
                case ABGATE_BOTH -> new Either(new EValue(), new NewestWindows());
            };
        }
    }

    /** Mean score of each full window of the new version, beside what the other one had in its first. */
    abstract class Windows implements Rule {
        private double baseline = Double.NaN;
        private double otherSum;
        private int others;
        private double sum;
        private int count;

        @Override
        public final boolean rollsBack(boolean toNew, double score) {
            if (!toNew) {
                others++;
                otherSum += score;
                baseline = others == WINDOW ? otherSum / WINDOW : baseline;
                return false;
            }
            sum += score;
            if (++count < WINDOW) {
                return false;
            }
            double window = sum / WINDOW;
            sum = 0;
            count = 0;
            return !Double.isNaN(baseline) && failsAt(baseline - window);
        }

        /** A window was so much below. */
        abstract boolean failsAt(double drop);
    }

    /** A check of a window fails when it is below what is allowed; so many that fail are too many. */
    final class FailedChecks extends Windows {
        private final int most;
        private int failed;

        FailedChecks(int most) {
            this.most = most;
        }

        @Override
        boolean failsAt(double drop) {
            failed += drop > ALLOWED ? 1 : 0;
            return failed >= most;
        }
    }

    /** One large drop, or three smaller ones in a row. */
    final class Thresholds extends Windows {
        private int inARow;

        @Override
        boolean failsAt(double drop) {
            inARow = drop > .05 ? inARow + 1 : 0;
            return drop > .10 || inARow >= 3;
        }
    }

    /** The one-sided test of two proportions, as if each look were the only one. */
    final class PeekedZ implements Rule {
        private static final double CRITICAL = 1.6448536269514722;
        private static final int EVERY = 10;
        private static final int FROM = 100;

        private final double[] sum = new double[2];
        private final int[] count = new int[2];

        @Override
        public boolean rollsBack(boolean toNew, double score) {
            int arm = toNew ? 1 : 0;
            sum[arm] += score;
            count[arm]++;
            int labels = count[0] + count[1];
            if (labels < FROM || labels % EVERY != 0 || count[0] == 0 || count[1] == 0) {
                return false;
            }
            double pooled = (sum[0] + sum[1]) / labels;
            double error = Math.sqrt(pooled * (1 - pooled) * (1.0 / count[0] + 1.0 / count[1]));
            return error > 0 && (sum[0] / count[0] - sum[1] / count[1]) / error > CRITICAL;
        }
    }

    /** Gama et al., "Learning with drift detection", SBIA 2004, on the errors of the new version. */
    final class DriftDetection implements Rule {
        private static final int FROM = 30;
        private static final double OUT_OF_CONTROL = 3;

        private double errors;
        private int count;
        private double least = Double.POSITIVE_INFINITY;
        private double leastRate;
        private double leastDeviation;

        @Override
        public boolean rollsBack(boolean toNew, double score) {
            if (!toNew) {
                return false;
            }
            errors += 1 - score;
            count++;
            double rate = errors / count;
            double deviation = Math.sqrt(rate * (1 - rate) / count);
            if (count < FROM) {
                return false;
            }
            if (rate + deviation <= least) {
                least = rate + deviation;
                leastRate = rate;
                leastDeviation = deviation;
            }
            return rate + deviation > leastRate + OUT_OF_CONTROL * leastDeviation;
        }
    }

    /** The newest labels of the new version beside as many newest ones of the other, looked at after each. */
    final class NewestWindows implements Rule {
        private static final double DROP = .10;
        private static final double ROUNDING = 1e-9;

        private final double[][] newest = new double[2][WINDOW];
        private final double[] sum = new double[2];
        private final int[] count = new int[2];

        @Override
        public boolean rollsBack(boolean toNew, double score) {
            int arm = toNew ? 1 : 0;
            int place = count[arm]++ % WINDOW;
            sum[arm] += score - newest[arm][place];
            newest[arm][place] = score;
            return count[0] >= WINDOW && count[1] >= WINDOW && (sum[0] - sum[1]) / WINDOW >= DROP - ROUNDING;
        }
    }

    /** One of two is enough; both see every label. */
    record Either(Rule one, Rule other) implements Rule {
        @Override
        public boolean rollsBack(boolean toNew, double score) {
            boolean byOne = one.rollsBack(toNew, score);
            return other.rollsBack(toNew, score) || byOne;
        }
    }

    /** Ours: the e-process against the version beside it. */
    final class EValue implements Rule {
        private static final double SHARE = .5;

        private final ModelXInferiority process = new ModelXInferiority();
        private final LifeLedger life = LifeLedger.allStaked(.05);

        @Override
        public boolean rollsBack(boolean toNew, double score) {
            life.multiply(process.factor(toNew, SHARE, score));
            return life.isSpent();
        }
    }
}
