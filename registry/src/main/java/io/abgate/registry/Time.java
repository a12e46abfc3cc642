package io.abgate.registry;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The two clocks of a registry.
 *
 * @param wall tells when something happened; may step
 * @param nanoClock measures how long something lasts; never steps
 */
public record Time(InstantSource wall, LongSupplier nanoClock) {
    /** Those of this machine. */
    public static Time system() {
        return new Time(InstantSource.system(), System::nanoTime);
    }
}
