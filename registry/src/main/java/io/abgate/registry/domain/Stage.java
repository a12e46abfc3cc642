package io.abgate.registry.domain;

/** Where a version stands in its life. */
public enum Stage {
    /** Stored, not judged. */
    CANDIDATE,
    /** Failed a gate; never served. */
    REJECTED,
    /** Answers copies of requests; nobody sees its answers. */
    SHADOW,
    /** Answers a share of live traffic. */
    CANARY,
    /** Answers what no other stage answers. */
    CHAMPION,
    /** The former champion: loaded, warm, the target of a rollback. */
    STANDBY,
    /** Taken back; never promoted automatically again. */
    QUARANTINED,
    /** No longer loaded. */
    RETIRED;

    /** Whether model nodes keep a version of this stage loaded, so that it may answer. */
    public boolean isServable() {
        return this == SHADOW || this == CANARY || this == CHAMPION || this == STANDBY;
    }
}
