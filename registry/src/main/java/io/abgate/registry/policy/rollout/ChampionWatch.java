package io.abgate.registry.policy.rollout;

import io.abgate.registry.evidence.Counts;

/**
 * The watch over a champion's live accuracy: it tells a fall, seeks its cause, and takes what the champion does after that
 * for the baseline from there on.
 */
final class ChampionWatch {
    private final RolloutSettings.Attribution settings;
    private FallWatch fall;
    private Attribution search;

    /** Of a version that nothing is known of. */
    ChampionWatch(RolloutSettings.Attribution settings) {
        this(settings, new FallWatch(settings, Counts.NONE), new Attribution(settings));
    }

    private ChampionWatch(RolloutSettings.Attribution settings, FallWatch fall, Attribution search) {
        this.settings = settings;
        this.fall = fall;
        this.search = search;
    }

    /** With what is known of its live accuracy so far; what an earlier search found stands. */
    void begin(Counts known) {
        fall = new FallWatch(settings, known);
    }

    /** A label of the champion while no cause is sought. */
    void label(double score) {
        fall.score(score);
    }

    boolean alarms() {
        return fall.alarms();
    }

    void seekCause() {
        search.begin();
    }

    /** A label of the champion while the cause is sought. */
    void labelInSearch(double score) {
        search.ofNew(score);
    }

    /** The same of its control. */
    void controlLabelInSearch() {
        search.ofControl();
    }

    boolean isSearchLongEnough() {
        return search.isLongEnough();
    }

    /** Both fell: what the champion does now is the baseline from here on. */
    void concludeSearch() {
        search.conclude();
        begin(search.level());
    }

    /** What was found has its answer. */
    void answered() {
        search.forget();
    }

    FallWatch fall() {
        return fall;
    }

    Attribution search() {
        return search;
    }

    static ChampionWatch restored(RolloutSettings.Attribution settings, RolloutSnapshot snapshot) {
        return new ChampionWatch(
                settings,
                FallWatch.restored(settings, snapshot.fall()),
                Attribution.restored(settings, snapshot.sought()));
    }
}
