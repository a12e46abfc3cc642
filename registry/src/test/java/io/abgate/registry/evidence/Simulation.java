package io.abgate.registry.evidence;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** What all simulations share: seeded chance, and how far a seen rate may lie above a promised one. */
final class Simulation {
    private Simulation() {}

    static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /** Three standard errors above {@code alpha}. */
    static double band(double alpha, int repetitions) {
        return alpha + 3 * Math.sqrt(alpha * (1 - alpha) / repetitions);
    }
}
