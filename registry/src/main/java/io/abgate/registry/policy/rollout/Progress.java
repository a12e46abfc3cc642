package io.abgate.registry.policy.rollout;

/** How far a version is with what it must prove in its phase. */
public final class Progress {
    private final RolloutPolicy policy;
    private final RolloutSettings settings;

    Progress(RolloutPolicy policy) {
        this.policy = policy;
        this.settings = policy.settings();
    }

    /** Whether its time to prove what it must is over, and it has not. */
    public boolean isUndecided() {
        return switch (policy.phase()) {
            case SHADOW -> policy.paired().isUndecided(settings.alphaPromotion());
            case CANARY -> policy.live().units() >= settings.canary().mostUnits() && Double.isNaN(provenMargin());
            case GUARD, ATTRIBUTION -> false;
        };
    }

    /** Whether it is proven to be no worse than what is allowed, on evidence that may be trusted. */
    public boolean isProven() {
        return switch (policy.phase()) {
            case SHADOW -> policy.paired().passes(settings.alphaPromotion());
            case CANARY -> !Double.isNaN(provenMargin()) && !policy.live().isSplitBroken();
            case GUARD, ATTRIBUTION -> false;
        };
    }

    /** How many units at least are missing until something can be decided in the version's favour. */
    public long leastMissing() {
        return switch (policy.phase()) {
            case SHADOW ->
                Math.max(0, settings.shadow().leastPairs() - policy.paired().pairs());
            case CANARY -> policy.ladder().missing();
            case GUARD -> 0;
            case ATTRIBUTION -> policy.watch().search().missing();
        };
    }

    /** By how much at most the shadow is worse on the same requests: the smallest margin proven, NaN while none is. */
    public double provenInShadow() {
        return policy.paired().proven(settings.alphaPromotion());
    }

    /** By how much at most it is worse on live traffic: the smallest margin proven, NaN while none is. */
    public double provenMargin() {
        return policy.live().proofs().proven(settings.alphaPromotion());
    }

    /**
     * What promotions will have used up of the margin once this version is champion, so that many small losses cannot
     * add up: what they had before, and the smaller of what is proven of this one in shadow and on live traffic; nothing
     * when it is proven better.
     */
    public MarginUse marginUsedIfPromoted() {
        Margin margin = policy.margin();
        Margin now = policy.phase() == Phase.SHADOW ? margin.provenAsShadow(provenInShadow()) : margin;
        return now.usedIfPromoted(provenMargin());
    }
}
