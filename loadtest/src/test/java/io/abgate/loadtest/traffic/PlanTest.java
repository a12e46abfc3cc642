package io.abgate.loadtest.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlanTest {
    @Test
    void sendsEveryRowToEveryVersionOnceATurn() {
        Plan plan = new Plan(10, List.of("3", "4", "5"), new Keys(Keys.NONE), 1);
        int[] firsts = new int[3];
        for (int turn = 0; turn < 3000; turn++) {
            List<Plan.Step> steps = Stream.generate(plan::next).limit(3).toList();
            int expected = turn;
            assertThat(steps).allMatch(step -> step.turn() == expected && step.row() == expected % 10);
            assertThat(steps).extracting(Plan.Step::version).containsExactlyInAnyOrder(0, 1, 2);
            firsts[steps.get(0).version()]++;
        }
        assertThat(firsts[0]).isBetween(900, 1100);
        assertThat(firsts[1]).isBetween(900, 1100);
    }

    @Test
    void letsTheGatewayChooseWhenNoVersionIsNamed() {
        Plan plan = new Plan(2, List.of(), new Keys(Keys.PER_REQUEST), 1);
        assertThat(Stream.generate(plan::next).limit(3))
                .extracting(Plan.Step::version, Plan.Step::row, Plan.Step::key)
                .containsExactly(tuple(-1, 0, 0), tuple(-1, 1, 1), tuple(-1, 0, 2));
    }

    @Test
    void drawsKeysFromSoMany() {
        Plan plan = new Plan(1, List.of(), new Keys(5), 1);
        Set<Integer> keys = new HashSet<>();
        Stream.generate(plan::next).limit(200).forEach(step -> keys.add(step.key()));
        assertThat(keys).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
    }

    @Test
    void isTheSameAgain() {
        Plan plan = new Plan(7, List.of("1", "2"), new Keys(50), 9);
        List<Plan.Step> steps = Stream.generate(plan::next).limit(100).toList();
        assertThat(Stream.generate(plan.again()::next).limit(100)).containsExactlyElementsOf(steps);
    }
}
