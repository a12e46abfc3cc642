package io.abgate.registry.policy.rollout;

/** What shares of live traffic a version and its control are to have, by its phase. */
public final class Shares {
    /** Leaves something to the champion also while half goes to the former one, because the cause of a fall is sought. */
    private static final double MOST_UNDECIDED = 0.25;

    private final RolloutPolicy policy;
    private final RolloutSettings settings;

    Shares(RolloutPolicy policy) {
        this.policy = policy;
        this.settings = policy.settings();
    }

    /** Of the version, of itself and its control. */
    public double ofNew() {
        return switch (policy.phase()) {
            case SHADOW -> 0;
            case CANARY -> ofCanary(policy.ladder());
            case GUARD -> 1 - settings.guard().controlShare();
            case ATTRIBUTION -> 1 - settings.attribution().controlShare();
        };
    }

    private double ofCanary(Ladder ladder) {
        return policy.progress().isUndecided() ? Math.min(ladder.first(), MOST_UNDECIDED) : ladder.share();
    }

    /** Of its control while the version is champion. */
    public double ofControl() {
        return policy.phase() == Phase.ATTRIBUTION
                ? settings.attribution().controlShare()
                : settings.guard().controlShare();
    }
}
