package io.abgate.registry.policy;

import io.abgate.registry.domain.Stage;
import io.abgate.registry.evidence.LifeLedger;
import io.abgate.registry.policy.Receipt.Budget;
import io.abgate.registry.policy.Receipt.Inputs;
import io.abgate.registry.policy.Receipt.Trigger;
import io.abgate.registry.policy.rollout.Phase;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes receipts. The same state, inputs and sources always give the same receipt, to the last bit. */
public final class Receipts {
    private static final Pattern COUNT = Pattern.compile("\\d[\\d.,]*(E-?\\d+)?");

    private final ModelState state;
    private final Verdict verdict;
    private final Inputs inputs;

    private Receipts(ModelState state, Verdict verdict, Inputs inputs) {
        this.state = state;
        this.verdict = verdict;
        this.inputs = inputs;
    }

    /** What the policy answers, with the settings of the state. */
    public static Optional<Verdict> verdict(ModelState state, Inputs inputs) {
        return switch (inputs.question()) {
            case NEXT -> Decisions.next(state, inputs.now(), inputs.standbyAnswers());
            case STANDING ->
                Decisions.canary(state)
                        .or(() -> Decisions.trial(state))
                        .filter(verdict -> verdict.kind() == Verdict.Kind.HOLD);
        };
    }

    /** Tells where labels are. */
    @FunctionalInterface
    public interface LabelLookup {
        /** Those that came after a place of the ledger and before the receipt. */
        Receipt.Labels after(long seq);
    }

    /** The receipt of a verdict that these inputs gave in a state. */
    public static Receipt of(
            ModelState state,
            Verdict verdict,
            Inputs inputs,
            Receipt.Policy policy,
            LabelLookup labels,
            Receipt.Software software) {
        return new Receipts(state, verdict, inputs).receipt(policy, labels, software);
    }

    /** What a HOLD is about: as long as this stays the same there is nothing new to tell. */
    public static String standing(ModelState state, Verdict verdict) {
        return verdict.version() + " since " + state.stageEpoch() + ": "
                + COUNT.matcher(obstacle(state, verdict) + verdict.reason()).replaceAll("#");
    }

    private static String obstacle(ModelState state, Verdict verdict) {
        if (state.isPaused()) {
            return "automatic decisions are paused; ";
        }
        return state.ofStage(Stage.CANARY)
                .filter(canary -> canary.number() != verdict.version())
                .map(canary -> "version " + canary.number() + " is canary meanwhile; ")
                .orElse("");
    }

    private Receipt receipt(Receipt.Policy policy, LabelLookup labels, Receipt.Software software) {
        boolean stands = inputs.question() == Receipt.Question.STANDING;
        Double statistic = statistic();
        Double threshold = threshold();
        Budget budget = budget();
        return new Receipt(
                verdict.version(),
                verdict.kind(),
                trigger(),
                stands ? obstacle(state, verdict) + verdict.reason() : verdict.reason(),
                verdict.figures(),
                statistic,
                threshold,
                budget,
                bits(statistic, threshold, budget),
                inputs,
                stands ? standing(state, verdict) : null,
                policy,
                state.route().map(table -> table.epoch()).orElse(null),
                labels.after(evidenceSince()),
                StateDigest.of(state.snapshot()),
                software);
    }

    private Trigger trigger() {
        if (verdict.version() > 0) {
            return switch (state.version(verdict.version()).stage()) {
                case CANARY -> Trigger.CANARY;
                case CHAMPION -> isAttributed() ? Trigger.ATTRIBUTION : Trigger.CHAMPION_GUARD;
                case CANDIDATE, REJECTED, SHADOW, STANDBY, QUARANTINED, RETIRED -> Trigger.SHADOW_TRIAL;
            };
        }
        if (verdict.kind() == Verdict.Kind.HOLD) {
            return Trigger.RESTRAINT;
        }
        if (state.championGuard().flatMap(Experiment::asksForTraining).isPresent()) {
            return Trigger.ATTRIBUTION;
        }
        if (state.liveDrop().isPresent()) {
            return Trigger.LIVE_DROP;
        }
        return state.drop().isPresent() ? Trigger.CHECKS : Trigger.NEW_LABELS;
    }

    /** Whether it is the guard that takes the champion back, having sought the cause of a fall; only it has a bound of risk. */
    private boolean isAttributed() {
        return verdict.figures().containsKey("riskBound")
                && state.championGuard()
                        .filter(guard -> guard.policy().phase() == Phase.ATTRIBUTION)
                        .isPresent();
    }

    /** An e-value where there is one: the proof for a promotion, the evidence against a version else. */
    private @Nullable Double statistic() {
        return verdict.kind() == Verdict.Kind.PROMOTE && figure("nonInferiority") != null
                ? figure("nonInferiority")
                : first("eValue", "candidateRight", "labelsSinceTraining");
    }

    private @Nullable Double threshold() {
        if (verdict.kind() == Verdict.Kind.PROMOTE && figure("nonInferiority") != null) {
            return 1 / state.rollout().alphaPromotion();
        }
        int every = state.settings().training().everyLabels();
        Double counted = trigger() == Trigger.NEW_LABELS && every > 0 ? Double.valueOf(every) : null;
        return counted != null ? counted : first("threshold", "championRight");
    }

    private @Nullable Double first(String... names) {
        for (String name : names) {
            Double value = figure(name);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    private @Nullable Double figure(String name) {
        return verdict.figures().get(name) instanceof Number number ? Double.valueOf(number.doubleValue()) : null;
    }

    private Optional<VersionState> subject() {
        return verdict.version() > 0 ? state.find(verdict.version()) : state.ofStage(Stage.CHAMPION);
    }

    private @Nullable Budget budget() {
        double alpha = state.settings().rollout().alpha();
        return subject().map(version -> budget(alpha, version.life())).orElse(null);
    }

    private static Budget budget(double alpha, LifeLedger life) {
        double bound = alpha * (life.g() + life.u());
        double remaining = life.isSpent() ? Math.max(1, bound) : bound;
        return new Budget(alpha, life.g(), life.u(), alpha * (1 - life.u()), remaining);
    }

    /** No label from before a version was stored is of it; triggers begin anew with each order. */
    private long evidenceSince() {
        return verdict.version() > 0
                ? state.version(verdict.version()).snapshot().registeredSeq()
                : state.totals().trainingOrderedSeq();
    }

    private Map<String, String> bits(@Nullable Double statistic, @Nullable Double threshold, @Nullable Budget budget) {
        Map<String, String> bits = new TreeMap<>();
        put(bits, "statistic", statistic);
        put(bits, "threshold", threshold);
        if (budget != null) {
            put(bits, "budget.alpha", budget.alpha());
            put(bits, "budget.g", budget.g());
            put(bits, "budget.u", budget.u());
            put(bits, "budget.staked", budget.staked());
            put(bits, "budget.remaining", budget.remaining());
        }
        verdict.figures().forEach((name, value) -> put(bits, "figures." + name, value));
        return bits;
    }

    private static void put(Map<String, String> bits, String name, @Nullable Object value) {
        if (value instanceof Double number) {
            bits.put(name, HexFormat.of().toHexDigits(Double.doubleToLongBits(number)));
        }
    }
}
