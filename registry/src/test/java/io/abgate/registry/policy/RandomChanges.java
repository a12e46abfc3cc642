package io.abgate.registry.policy;

import io.abgate.registry.domain.Evaluation;
import io.abgate.registry.domain.Measurement;
import io.abgate.registry.domain.Score;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Changes that might come to any state, with whatever they say drawn by chance. */
final class RandomChanges {
    private final RandomGenerator random;

    RandomChanges(RandomGenerator random) {
        this.random = random;
    }

    Change said() {
        int version = 1 + random.nextInt(RandomLedger.VERSIONS);
        return switch (random.nextInt(4)) {
            case 0 -> new DryVerdict(Verdict.Kind.ROLL_BACK, version, "test", Map.of());
            case 1 -> new PromotionHeld(version, "test", Map.of());
            case 2 -> new PromotionApproved(version, "test");
            default -> new VerdictLapsed(version);
        };
    }

    String ended() {
        return random.nextInt(4) == 0 ? "SUCCEEDED" : "FAILED";
    }

    VersionChecked checked() {
        List<Degradation.Finding> findings = random.nextBoolean()
                ? List.of()
                : List.of(new Degradation.Finding(one(Degradation.Kind.values()), Double.NaN, .1, "test"));
        return new VersionChecked(
                1 + random.nextInt(RandomLedger.VERSIONS), measured(), findings, random.nextBoolean() ? "test" : null);
    }

    AlertRaised raised(long seq) {
        Degradation.Kind kind = one(Degradation.Kind.values());
        double value = random.nextBoolean() ? Double.NaN : random.nextDouble();
        return new AlertRaised(
                kind,
                random.nextInt(RandomLedger.VERSIONS),
                value,
                Double.NaN,
                "test",
                seq,
                seq + 1,
                random.nextBoolean());
    }

    AlertRecovered recovered(long seq) {
        Degradation.Kind kind = one(Degradation.Kind.values());
        return new AlertRecovered(
                kind,
                random.nextInt(RandomLedger.VERSIONS),
                Double.NaN,
                .1,
                seq,
                seq + 1,
                "test",
                random.nextBoolean());
    }

    Measurement measured() {
        int right = random.nextInt(10);
        Evaluation evaluation =
                new Evaluation(List.of(new Evaluation.ClassCount("ham", new Score(right, 9 + 1))), 1, true);
        double confidence = random.nextInt(5) == 0 ? Double.NaN : random.nextDouble();
        return new Measurement(evaluation, 0, confidence, .1, .2, new Measurement.Latency(1, 2, 3, 4, 5));
    }

    <T> T one(T[] values) {
        return List.of(values).get(random.nextInt(values.length));
    }

    /** Withdraws some of the labels that there are. */
    LabelsVoided voided(ModelState state) {
        long labels = Math.min(state.totals().labels(), random.nextInt(4));
        return new LabelsVoided(
                "from",
                "to",
                "job",
                "test",
                labels,
                1,
                0,
                Math.min(labels, Math.min(1, state.totals().pinnedLabels())),
                Math.min(labels, state.totals().labelsSinceTraining()),
                List.of(1 + random.nextInt(RandomLedger.VERSIONS + 1)),
                random.nextInt(2),
                null);
    }
}
