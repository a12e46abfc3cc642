package io.abgate.registry.domain;

/**
 * One servable version in a route table.
 *
 * @param version number of the version within its model, from 1
 * @param stage SHADOW, CANARY, CHAMPION or STANDBY
 * @param share of live traffic, in [0, 1]; 0 for a shadow, or while the version is not yet warm
 * @param sha256 lower-case hexadecimal name of its artifact
 */
public record RoutedVersion(int version, Stage stage, double share, String sha256) {
    public RoutedVersion {
        Check.that(version > 0, "version", version, "a number from 1");
        Check.that(stage.isServable(), "stage", stage, "SHADOW, CANARY, CHAMPION or STANDBY");
        Check.that(share >= 0 && share <= 1, "share", share, "a number in [0, 1]");
    }
}
