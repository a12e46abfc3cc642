package io.abgate.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.evidence.AipwDifference;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class DifferenceTextTest {
    private final AipwDifference difference = new AipwDifference();

    @Test
    void leavesAllOpenUntilThereAreEnoughUnitsOfBoth() {
        assertThat(DifferenceText.of(difference)).isNull();
        units(198);
        assertThat(DifferenceText.of(difference).getDouble("upper")).isEqualTo(1);
        units(4_002);
        JsonObject text = DifferenceText.of(difference);
        assertThat(text.getDouble("estimate")).isBetween(.15, .25);
        assertThat(text.getDouble("lower")).isBetween(.1, .2);
        assertThat(text.getDouble("upper")).isBetween(.2, .3);
    }

    /** Half of them each, .9 of the new version's right and .7 of the control's. */
    private void units(int units) {
        for (int i = 0; i < units; i++) {
            boolean toNew = i % 2 == 0;
            difference.unit(toNew, .5, i / 2 % 10 < (toNew ? 9 : 7) ? 1 : 0);
        }
    }
}
