package io.abgate.registry.policy.rollout;

import io.abgate.registry.evidence.Counts;
import io.abgate.registry.evidence.LifeLedger;

/**
 * One version's wealth with the place it has reached in the schedule of stakes. It is the version's and not a phase's:
 * whatever compares the version, in whatever order and however often, stakes no part of the schedule a second time, so
 * all of it together never stakes more than the wealth 1 that the life began with.
 */
public final class StakedLife {
    private final RolloutSettings settings;
    private LifeLedger wealth;
    private int phases;
    private long guardUnits;
    private int alarms;
    private double newSum;
    private long newUnits;
    private double controlSum;
    private long controlUnits;

    /** A life in which nothing is staked yet. */
    public StakedLife(RolloutSettings settings) {
        this.settings = settings;
        this.wealth = new LifeLedger(settings.alpha());
    }

    /** The version comes to a phase: its stake, and those of phases that were skipped, are put at play. */
    public void enter(Phase next) {
        int due = next == Phase.SHADOW ? 1 : 2;
        double stake = 0;
        for (; phases < due; phases++) {
            stake +=
                    phases == 0 ? settings.stakes().shadow() : settings.stakes().canary();
        }
        wealth.stake(stake);
    }

    /** A unit of a guard is about to be counted. */
    void guardUnit() {
        int block = settings.guard().blockUnits();
        if (guardUnits % block == 0) {
            wealth.stake(settings.stakes().ofBlock(guardUnits / block + 1));
        }
        guardUnits++;
    }

    /** The cause of a fall is about to be sought. */
    void alarm() {
        alarms++;
        wealth.stake(settings.stakes().ofAlarm(alarms));
    }

    /**
     * A unit was bet on; these are the scores and units of both sides: kept when the wealth is at its highest. Not as
     * objects, as it is told of each unit.
     */
    void counted(double newScores, long unitsOfNew, double controlScores, long unitsOfControl) {
        if (wealth.g() >= wealth.peak()) {
            newSum = newScores;
            newUnits = unitsOfNew;
            controlSum = controlScores;
            controlUnits = unitsOfControl;
        }
    }

    /** What the version had got when the evidence against it was highest. */
    public Counts newAtPeak() {
        return new Counts(newSum, newUnits);
    }

    /** What its control had got then. */
    public Counts controlAtPeak() {
        return new Counts(controlSum, controlUnits);
    }

    /** How often the cause of a fall was sought in this life. */
    public int alarms() {
        return alarms;
    }

    /** What is at play and what is not staked yet. */
    public LifeLedger wealth() {
        return wealth;
    }

    /**
     * How far the schedule has come, and what was counted when the wealth was highest.
     *
     * @param phases that have put their stake at play
     * @param guardUnits of all guards in this life
     */
    public record Schedule(int phases, long guardUnits, int alarms, Counts newAtPeak, Counts controlAtPeak) {}

    /** The schedule as it is now. */
    public Schedule schedule() {
        return new Schedule(phases, guardUnits, alarms, newAtPeak(), controlAtPeak());
    }

    /** The life of which snapshots were taken. */
    public static StakedLife restored(RolloutSettings settings, LifeLedger.Snapshot wealth, Schedule schedule) {
        StakedLife life = new StakedLife(settings);
        life.wealth = LifeLedger.restored(settings.alpha(), wealth);
        life.phases = schedule.phases();
        life.guardUnits = schedule.guardUnits();
        life.alarms = schedule.alarms();
        life.newSum = schedule.newAtPeak().scoreSum();
        life.newUnits = schedule.newAtPeak().labels();
        life.controlSum = schedule.controlAtPeak().scoreSum();
        life.controlUnits = schedule.controlAtPeak().labels();
        return life;
    }
}
