package io.abgate.registry;

import io.abgate.registry.evidence.AipwDifference;
import io.abgate.registry.evidence.Interval;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** How much better a version is than its control on live traffic, as people and programs read it: no verdict rests on it. */
final class DifferenceText {
    /** Of the interval: what statistics call 95 %. */
    private static final double ALPHA = .05;

    private DifferenceText() {}

    /** Null while there is no unit; with fewer than 100 of either the interval leaves all open. */
    static @Nullable JsonObject of(AipwDifference difference) {
        if (difference.units() == 0) {
            return null;
        }
        Interval interval = difference.interval(ALPHA);
        return new JsonObject()
                .put("estimate", difference.estimate())
                .put("lower", interval.lower())
                .put("upper", interval.upper());
    }
}
