package io.abgate.registry.policy.rollout;

/** Where a version stands on its way. */
public enum Phase {
    /** It answers copies of the champion's requests; nobody sees its answers. */
    SHADOW,
    /** It answers a growing share of live requests beside the champion. */
    CANARY,
    /** It is the champion; the former one keeps a small control share. */
    GUARD,
    /** Its live accuracy fell; half of the requests go to the control, to tell a bad version from a changed world. */
    ATTRIBUTION
}
