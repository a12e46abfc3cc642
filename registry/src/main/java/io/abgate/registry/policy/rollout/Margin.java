package io.abgate.registry.policy.rollout;

import io.abgate.registry.domain.Check;

/**
 * By how much a version may be worse on live traffic, so that many small losses cannot add up: what promotions since the
 * last proven improvement have used up is no longer there.
 *
 * <p>Only an improvement that is proven on live traffic begins the sum anew. Copies show a version as it would be if it
 * answered like that live too; one that is worse only when live may be proven better on copies time and again, and each
 * time the next one would have the whole margin to lose.
 *
 * @param whole where nothing is used up
 * @param left for this version
 * @param shadow that was proven of this version on copies; NaN if nothing was
 */
public record Margin(double whole, double left, double shadow) {
    /** Of a version that nothing is proven of yet. */
    public static Margin after(double whole, double used) {
        Check.that(used >= 0, "marginUsed", used, "a number from 0");
        return new Margin(whole, Math.max(whole - used, 0), Double.NaN);
    }

    /** With what is proven in shadow, NaN for nothing. */
    public Margin provenAsShadow(double proven) {
        return new Margin(whole, left, smaller(shadow, proven));
    }

    /** What is used up when the version is promoted: what was before, and the smaller of what is proven of it. */
    MarginUse usedIfPromoted(double live) {
        double proven = smaller(live, shadow);
        return new MarginUse(whole - left, Double.isNaN(proven) ? 0 : proven, live == 0);
    }

    private static double smaller(double one, double other) {
        return Double.isNaN(one) || other < one ? other : one;
    }
}
