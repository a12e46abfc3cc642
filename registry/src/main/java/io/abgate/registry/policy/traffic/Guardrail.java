package io.abgate.registry.policy.traffic;

import io.abgate.registry.domain.Guardrails;
import io.abgate.registry.evidence.ExcessRateTest;
import io.abgate.registry.evidence.ExcessRateTest.Tally;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether something bad happens to one version oftener than to its controls, over the version's whole life.
 *
 * <p>It has a budget of its own, a tenth of the version's false-rollback probability, and shares it out among the
 * streams of an experiment by their {@link Places}. An experiment with another control or a new salt gets no new budget:
 * its j-th stream goes on with the wealth that the j-th of the one before left.
 *
 * <p>Proof: a new salt tosses keys independently of all that was tossed before, so each unit's factor has mean ≤ 1 given
 * all earlier experiments too, and what a place has is one supermartingale from 1 over the whole life; within an
 * experiment it is fed by one stream alone.
 */
public final class Guardrail {
    private final double margin;
    private final double alpha;
    private final List<ExcessRateTest> places = new ArrayList<>();
    private Tally ofNew = Tally.NONE;
    private Tally ofControl = Tally.NONE;
    private Tally newAtPeak = Tally.NONE;
    private Tally controlAtPeak = Tally.NONE;

    Guardrail(double margin, double lifeAlpha) {
        this.margin = margin;
        this.alpha = Guardrails.STAKE * lifeAlpha;
    }

    void add(int place, Tally fresh, Tally control, double propensityNew) {
        while (places.size() <= place) {
            places.add(new ExcessRateTest(margin));
        }
        double before = nearest().part();
        places.get(place).add(fresh, control, propensityNew);
        ofNew = ofNew.plus(fresh);
        ofControl = ofControl.plus(control);
        if (nearest().part() > before) {
            newAtPeak = ofNew;
            controlAtPeak = ofControl;
        }
    }

    /** There is another experiment: what was counted before is no part of its figures, the wealth goes on. */
    void newExperiment() {
        ofNew = Tally.NONE;
        ofControl = Tally.NONE;
    }

    /** Somebody has looked into what was found and lets the version go on: what was gained at each place is forgotten. */
    public void forgetGains() {
        places.forEach(ExcessRateTest::forgetGains);
        newExperiment();
        newAtPeak = Tally.NONE;
        controlAtPeak = Tally.NONE;
    }

    /** Whether the version is worse by more than the margin. */
    public boolean isSpent() {
        return nearest().isReached();
    }

    /** The place that is, or came, closest to its threshold. */
    public Reading nearest() {
        return Places.nearest(alpha, places, ExcessRateTest::e, ExcessRateTest::peak);
    }

    /** Bound, from now on, for the probability of being taken back wrongly by this; 1 when it has happened. */
    public double remaining() {
        double bound = alpha / (places.size() + 1.0); // all the places that nobody has: the sum telescopes
        for (int place = 0; place < places.size(); place++) {
            bound += places.get(place).e() / Places.threshold(alpha, place);
        }
        return Math.min(1, bound);
    }

    /** Part of the false-rollback probability of the life that is at play at the places that somebody has. */
    public double staked() {
        return alpha - alpha / (places.size() + 1.0);
    }

    /** By how much oftener it may happen. */
    public double margin() {
        return margin;
    }

    /** Units of the version in this experiment. */
    public Tally ofNew() {
        return ofNew;
    }

    /** Units of the control. */
    public Tally ofControl() {
        return ofControl;
    }

    /** Units of the version, of the experiment in which the evidence came closest, when it did. */
    public Tally newAtPeak() {
        return newAtPeak;
    }

    /** Those of its control then. */
    public Tally controlAtPeak() {
        return controlAtPeak;
    }

    TrafficSnapshot.OfGuardrail snapshot() {
        return new TrafficSnapshot.OfGuardrail(
                places.stream().map(ExcessRateTest::snapshot).toList(), ofNew, ofControl, newAtPeak, controlAtPeak);
    }

    static Guardrail restored(double margin, double lifeAlpha, TrafficSnapshot.OfGuardrail snapshot) {
        Guardrail guardrail = new Guardrail(margin, lifeAlpha);
        snapshot.places().forEach(place -> guardrail.places.add(ExcessRateTest.restored(margin, place)));
        guardrail.ofNew = snapshot.ofNew();
        guardrail.ofControl = snapshot.ofControl();
        guardrail.newAtPeak = snapshot.newAtPeak();
        guardrail.controlAtPeak = snapshot.controlAtPeak();
        return guardrail;
    }
}
