package io.abgate.registry.policy;

/**
 * An operator paused or resumed automatic decisions.
 *
 * @param paused automatic promotion and retraining stop
 * @param frozen automatic rollback stops too
 * @param reason one clause for a person
 */
public record AutomationSet(boolean paused, boolean frozen, String reason) implements Change {
    @Override
    public String type() {
        return paused ? "PAUSED" : "RESUMED";
    }

    @Override
    public String summary() {
        if (!paused) {
            return "Automatic decisions go on: " + reason + ".";
        }
        return (frozen ? "All automatic decisions stop: " : "Automatic promotion and retraining stop: ") + reason + ".";
    }

    @Override
    public void applyTo(ModelFold fold, long seq) {
        fold.automation(paused, frozen);
        if (!paused) {
            fold.state().retrainings().released();
        }
    }
}
