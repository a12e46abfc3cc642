package io.abgate.registry.policy.rollout;

/**
 * What a version's promotion, and those before it since the last proven improvement, have used up of the margin.
 *
 * @param before what there was when it was promoted
 * @param own by how much at most it is worse than the one before, the smallest margin that was proven; 0 if none was
 * @param better whether it is proven better on live traffic: then the sum begins anew
 */
public record MarginUse(double before, double own, boolean better) {
    /** Of a version that took nobody's place. */
    public static final MarginUse NONE = new MarginUse(0, 0, false);

    /** With what pairs of live requests prove besides; NaN for nothing. */
    public MarginUse proven(double onPairs) {
        return new MarginUse(before, onPairs < own ? onPairs : own, better || onPairs == 0);
    }

    /** Of one that took another's place without proof. */
    public static MarginUse unproven(double before) {
        return new MarginUse(before, 0, false);
    }

    /** When it has turned out that less was used up before. */
    public MarginUse owing(double lessBefore) {
        return new MarginUse(Math.min(before, lessBefore), own, better);
    }

    /** All together. */
    public double total() {
        return better ? 0 : before + own;
    }
}
