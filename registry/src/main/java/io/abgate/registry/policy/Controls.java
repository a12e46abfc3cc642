package io.abgate.registry.policy;

import io.abgate.registry.domain.ModelSettings;
import io.abgate.registry.domain.RoutingMode;

/**
 * What operators have set.
 *
 * @param paused whether automatic promotion and retraining are stopped
 * @param frozen whether automatic rollback is stopped too
 */
public record Controls(RoutingMode mode, double floor, boolean paused, boolean frozen) {
    /** As a model's file says. */
    static Controls of(ModelSettings.Routing routing) {
        return new Controls(routing.mode(), routing.floor(), false, false);
    }

    Controls automation(boolean pause, boolean freeze) {
        return new Controls(mode, floor, pause, freeze);
    }

    Controls routing(RoutingMode newMode, double newFloor) {
        return new Controls(newMode, newFloor, paused, frozen);
    }
}
