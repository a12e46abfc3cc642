package io.abgate.registry.domain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/**
 * Weighted rendezvous: which version a routing key gets, with no table of keys.
 *
 * <p>Thaler and Ravishankar, "Using name-based mappings to increase hit rates", IEEE/ACM ToN 6(1), 1998; weights as
 * in Schindelhauer and Schomaker, "Weighted distributed hash tables", SPAA 2005. Version a of share w_a draws
 * u_a in (0, 1] from the key's hash and its own salt; the least −ln(u_a) / w_a wins.
 *
 * <p>Proof of the shares: −ln(u_a) / w_a is exponential with rate w_a, and the least of independent exponentials is
 * a's with probability w_a / Σ w. Proof of monotony: a draw depends on no other version, so raising one relative share
 * only lowers that version's draw and moves keys only into it; a new version takes keys and moves nobody between the
 * others.
 */
public final class Rendezvous {
    private static final double UNIT = 0x1.0p-53;
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private Rendezvous() {}

    /** Hash of a routing key under the salt of an experiment; other salts give independent hashes. */
    public static long keyHash(String salt, String key) {
        return keyHash(saltHash(salt), key);
    }

    /** The same, for those who hash many keys under one salt. */
    public static long keyHash(long saltHash, String key) {
        return XxHash64.hash(key.getBytes(UTF_8), saltHash);
    }

    /** Hash of the salt of an experiment. */
    public static long saltHash(String salt) {
        return XxHash64.hash(salt.getBytes(UTF_8), 0);
    }

    /** The version that a key gets; never one with share 0. Allocates nothing. */
    public static RoutedVersion pick(RouteTable table, long keyHash) {
        List<RoutedVersion> versions = table.versions();
        int winner = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < versions.size(); i++) {
            RoutedVersion version = versions.get(i);
            double draw = version.share() == 0 ? Double.POSITIVE_INFINITY : draw(version, keyHash);
            if (draw < least) {
                least = draw;
                winner = i;
            }
        }
        return versions.get(winner);
    }

    /** What a version scores for a key: the largest one is picked; 0 with a share of 0. */
    public static double score(RoutedVersion version, long keyHash) {
        return version.share() == 0 ? 0 : Math.min(1 / Math.abs(draw(version, keyHash)), Double.MAX_VALUE);
    }

    private static double draw(RoutedVersion version, long keyHash) {
        long bits = mix64(keyHash ^ armSalt(version.version())) >>> 11;
        // Strict, because another last bit on another processor would be another assignment.
        return -StrictMath.log((bits + 1) * UNIT) / version.share();
    }

    private static long armSalt(int version) {
        return mix64(version * GOLDEN_GAMMA);
    }

    /** The finalizer of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014). */
    private static long mix64(long bits) {
        long mixed = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
