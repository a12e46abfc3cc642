package io.abgate.registry.domain;

/**
 * One servable version in a route table.
 *
 * @param version number of the version within its model, from 1
 * @param stage SHADOW, CANARY, CHAMPION or STANDBY
 * @param share of live traffic, in [0, 1]; 0 for a shadow, or while the version is not yet warm
 * @param sha256 lower-case hexadecimal name of its artifact
 * @param vote what its answer weighs where versions vote; 0 when it has no vote
 */
public record RoutedVersion(int version, Stage stage, double share, String sha256, double vote) {
    /** One that has no vote. */
    public RoutedVersion(int version, Stage stage, double share, String sha256) {
        this(version, stage, share, sha256, 0);
    }

    public RoutedVersion {
        Check.that(version > 0, "version", version, "a number from 1");
        Check.that(stage.isServable(), "stage", stage, "SHADOW, CANARY, CHAMPION or STANDBY");
        Check.that(share >= 0 && share <= 1, "share", share, "a number in [0, 1]");
        Check.that(vote >= 0 && Double.isFinite(vote), "vote", vote, "a finite number from 0");
    }
}
