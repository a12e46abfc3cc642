package io.abgate.registry.policy;

import io.abgate.registry.domain.AlertLimits;
import io.abgate.registry.domain.Datatype;
import io.abgate.registry.domain.ModelSettings;
import io.abgate.registry.domain.ModelSettings.Data;
import io.abgate.registry.domain.ModelSettings.Drop;
import io.abgate.registry.domain.ModelSettings.Gate;
import io.abgate.registry.domain.ModelSettings.Labelling;
import io.abgate.registry.domain.ModelSettings.Monitor;
import io.abgate.registry.domain.ModelSettings.Pinning;
import io.abgate.registry.domain.ModelSettings.Promotion;
import io.abgate.registry.domain.ModelSettings.Rollout;
import io.abgate.registry.domain.ModelSettings.Routing;
import io.abgate.registry.domain.ModelSettings.Rows;
import io.abgate.registry.domain.ModelSettings.Serving;
import io.abgate.registry.domain.ModelSettings.Start;
import io.abgate.registry.domain.ModelSettings.Training;
import io.abgate.registry.domain.Oversight;
import io.abgate.registry.domain.PromotionProof;
import io.abgate.registry.domain.Restraint;
import io.abgate.registry.domain.RoutingMode;
import io.abgate.registry.domain.Stopping;
import io.abgate.registry.domain.SuiteCase;
import io.abgate.registry.domain.TensorSpec;
import io.abgate.registry.domain.TrafficSettings;
import java.util.List;

/** Settings of a model that tells ham from spam, as operators would write them. */
public record Mail(
        int everyLabels,
        Drop drop,
        Promotion promotion,
        int shadowCopies,
        RoutingMode mode,
        List<SuiteCase> suites,
        Restraint restraint,
        double controlShare,
        PromotionProof proof,
        double maturitySeconds,
        Oversight oversight,
        TrafficSettings traffic) {
    public static final Gate GATE = new Gate(.05, .10, 20);
    public static final Monitor MONITOR =
            new Monitor(30, new AlertLimits(.15, 0, .20, .20, 1, 2, .05), .10, .05, 3, 300);
    public static final Drop DROP = new Drop(50, .10, .05, 3);
    public static final TensorSpec INPUT = new TensorSpec("text", Datatype.BYTES, List.of(-1L, 1L));
    public static final List<String> LABELS = List.of("ham", "spam");

    /** As shipped, but for the guard. */
    public static final Mail SHIPPED = new Mail(250, DROP, Promotion.COUNT, 100, RoutingMode.SPLIT);

    /** One without suites and without a guard. */
    public Mail(int everyLabels, Drop drop, Promotion promotion, int shadowCopies, RoutingMode mode) {
        this(
                everyLabels,
                drop,
                promotion,
                shadowCopies,
                mode,
                List.of(),
                Restraint.DEFAULT,
                0,
                PromotionProof.DEFAULT,
                0,
                Oversight.DEFAULT,
                TrafficSettings.PLAIN);
    }

    public Mail retrainingEvery(int labels) {
        return new Mail(
                labels,
                drop,
                promotion,
                shadowCopies,
                mode,
                suites,
                restraint,
                controlShare,
                proof,
                maturitySeconds,
                oversight,
                traffic);
    }

    public Mail withoutDropRules() {
        return new Mail(
                everyLabels,
                new Drop(0, .10, .05, 3),
                promotion,
                shadowCopies,
                mode,
                suites,
                restraint,
                controlShare,
                proof,
                maturitySeconds,
                oversight,
                traffic);
    }

    public Mail promotedByHand() {
        return new Mail(
                everyLabels,
                drop,
                Promotion.MANUAL,
                shadowCopies,
                mode,
                suites,
                restraint,
                controlShare,
                proof,
                maturitySeconds,
                oversight,
                traffic);
    }

    public Mail decidedAfter(int copies) {
        return new Mail(
                everyLabels,
                drop,
                promotion,
                copies,
                mode,
                suites,
                restraint,
                controlShare,
                proof,
                maturitySeconds,
                oversight,
                traffic);
    }

    public Mail routedBy(RoutingMode routing) {
        return new Mail(
                everyLabels,
                drop,
                promotion,
                shadowCopies,
                routing,
                suites,
                restraint,
                controlShare,
                proof,
                maturitySeconds,
                oversight,
                traffic);
    }

    public Mail testedBy(SuiteCase... cases) {
        return new Mail(
                everyLabels,
                drop,
                promotion,
                shadowCopies,
                mode,
                List.of(cases),
                restraint,
                controlShare,
                proof,
                maturitySeconds,
                oversight,
                traffic);
    }

    public Mail restrainedBy(Restraint bounds) {
        return new Mail(
                everyLabels,
                drop,
                promotion,
                shadowCopies,
                mode,
                suites,
                bounds,
                controlShare,
                proof,
                maturitySeconds,
                oversight,
                traffic);
    }

    /** A former champion keeps this share beside the new one. */
    public Mail guardedBy(double share) {
        return new Mail(
                everyLabels,
                drop,
                promotion,
                shadowCopies,
                mode,
                suites,
                restraint,
                share,
                proof,
                maturitySeconds,
                oversight,
                traffic);
    }

    /** Promoted when it is proven. */
    public Mail promotedByEvidence(PromotionProof needed) {
        return new Mail(
                everyLabels,
                drop,
                Promotion.EVIDENCE,
                shadowCopies,
                mode,
                suites,
                restraint,
                controlShare,
                needed,
                maturitySeconds,
                oversight,
                traffic);
    }

    /** A prediction has its turn when it is so old. */
    public Mail maturingIn(double seconds) {
        return new Mail(
                everyLabels,
                drop,
                promotion,
                shadowCopies,
                mode,
                suites,
                restraint,
                controlShare,
                proof,
                seconds,
                oversight,
                traffic);
    }

    public Mail overseenBy(Oversight overseen) {
        return new Mail(
                everyLabels,
                drop,
                promotion,
                shadowCopies,
                mode,
                suites,
                restraint,
                controlShare,
                proof,
                maturitySeconds,
                overseen,
                traffic);
    }

    /** Its requests count. */
    public Mail watchedBy(TrafficSettings counted) {
        return new Mail(
                everyLabels,
                drop,
                promotion,
                shadowCopies,
                mode,
                suites,
                restraint,
                controlShare,
                proof,
                maturitySeconds,
                oversight,
                counted);
    }

    public ModelSettings settings() {
        return settings("mail");
    }

    public ModelSettings settings(String name) {
        Rows none = new Rows(0, 0);
        return new ModelSettings(
                name,
                LABELS,
                INPUT,
                "{}",
                new Data("mail.jsonl.gz", "text", "label", none, none, none),
                new Training(10, .5, 16, Start.FRESH, 7, everyLabels, 1_000, 5, 10, drop, restraint, Stopping.DEFAULT),
                GATE,
                new Rollout(promotion, shadowCopies, .05, controlShare, proof, oversight, traffic),
                new Routing(mode, .05, .998),
                new Serving(1_000, Pinning.HONOUR, 100),
                new Labelling(30, maturitySeconds),
                MONITOR,
                suites);
    }
}
