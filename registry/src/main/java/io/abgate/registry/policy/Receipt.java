package io.abgate.registry.policy;

import java.time.Instant;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The stored record of a verdict, enough to compute it again: its number is its place in the ledger, and the state that it
 * was reached from is the fold of all that is before.
 *
 * @param version that it is about; 0 when about the model
 * @param trigger what asked for it
 * @param reason one clause for a person
 * @param figures that the reason rests on
 * @param statistic what was compared with the threshold, where one number was
 * @param threshold what it was compared with, where it was one number
 * @param budget of the version, or of the champion where it is about the model; absent where there is none
 * @param bits of every double in here, by name, as 16 hexadecimal digits: nothing is lost in printing
 * @param standing what a HOLD that changes nothing is about, without its counts; absent for every other one
 * @param policy under which settings
 * @param epoch of the route table in force; absent before the first
 * @param labels that the verdict could rest on
 * @param state SHA-256 of the state, see {@link StateDigest}
 */
public record Receipt(
        int version,
        Verdict.Kind verdict,
        Trigger trigger,
        String reason,
        Map<String, Object> figures,
        @Nullable Double statistic,
        @Nullable Double threshold,
        @Nullable Budget budget,
        Map<String, String> bits,
        Inputs inputs,
        @Nullable String standing,
        Policy policy,
        @Nullable Long epoch,
        Labels labels,
        String state,
        Software software)
        implements Change {
    /** Its type. */
    public static final String TYPE = "RECEIPT";

    /** What asks for a verdict. */
    public enum Trigger {
        SHADOW_TRIAL,
        CANARY,
        CHAMPION_GUARD,
        ATTRIBUTION,
        LIVE_DROP,
        CHECKS,
        NEW_LABELS,
        RESTRAINT
    }

    /** What the policy is asked. */
    public enum Question {
        /** What is to be done next. */
        NEXT,
        /** What is held meanwhile. */
        STANDING
    }

    /**
     * All that a verdict is computed from besides the state.
     *
     * @param standbyAnswers whether the former champion was loaded on some node
     */
    public record Inputs(Question question, long nowMillis, boolean standbyAnswers) {
        /** The time of the verdict. */
        public Instant now() {
            return Instant.ofEpochMilli(nowMillis);
        }
    }

    /**
     * A version's false-rollback budget, see {@link io.abgate.registry.evidence.LifeLedger}.
     *
     * @param g what is at play
     * @param u what is not staked yet
     * @param staked α(1 − U)
     * @param remaining α(G + U): bounds the chance that it is still wrongly taken back; from 1 when it is taken back
     */
    public record Budget(double alpha, double g, double u, double staked, double remaining) {}

    /**
     * The settings that were in force.
     *
     * @param settings place in the ledger of the event that holds them
     * @param digest of them, see {@link StateDigest}
     */
    public record Policy(long settings, String digest) {}

    /**
     * Labels of the model that count, withdrawn since or not.
     *
     * @param after place in the ledger from which they could say anything of the matter
     * @param from place of the first, 0 when there is none
     * @param to place of the last
     * @param count how many
     */
    public record Labels(long after, long from, long to, long count) {}

    /**
     * What computed it.
     *
     * @param version of abgate
     * @param fold raised whenever the same ledger gives another state than it gave before
     * @param shape digest of what a state consists of: only states of one shape can be compared as a whole
     */
    public record Software(String version, int fold, String shape) {}

    public Receipt {
        figures = sorted(figures);
        bits = sorted(bits);
    }

    private static <T> SortedMap<String, T> sorted(Map<String, T> values) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String summary() {
        String about = version == 0 ? "the model" : "version " + version;
        return String.format(Locale.ROOT, "Verdict %s on %s (%s): %s.", verdict, about, trigger, reason);
    }

    @Override
    public void applyTo(ModelFold fold, long seq) {
        // it tells of a state and makes none
    }
}
