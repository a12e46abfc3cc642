package io.abgate.registry.policy;

import io.abgate.registry.domain.AlertLimits;
import io.abgate.registry.domain.Datatype;
import io.abgate.registry.domain.Labelling;
import io.abgate.registry.domain.ModelSettings;
import io.abgate.registry.domain.ModelSettings.Data;
import io.abgate.registry.domain.ModelSettings.Drop;
import io.abgate.registry.domain.ModelSettings.Gate;
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
import java.util.function.Consumer;

/** Settings of a model that tells ham from spam, as operators would write them; each change gives other ones. */
public final class Mail {
    public static final Gate GATE = new Gate(.05, .10, 20);
    public static final Monitor MONITOR =
            new Monitor(30, new AlertLimits(.15, 0, .20, .20, 1, 2, .05), .10, .05, 3, 300);
    public static final Drop DROP = new Drop(50, .10, .05, 3);
    public static final TensorSpec INPUT = new TensorSpec("text", Datatype.BYTES, List.of(-1L, 1L));
    public static final List<String> LABELS = List.of("ham", "spam");

    /** As shipped, but for the guard. */
    public static final Mail SHIPPED = new Mail(250, DROP, Promotion.COUNT, 100, RoutingMode.SPLIT);

    private int everyLabels;
    private Drop drop;
    private Promotion promotion;
    private int shadowCopies;
    private RoutingMode mode;
    private List<SuiteCase> suites = List.of();
    private Restraint restraint = Restraint.DEFAULT;
    private double controlShare;
    private PromotionProof proof = PromotionProof.DEFAULT;
    private double maturitySeconds;
    private Oversight oversight = Oversight.DEFAULT;
    private TrafficSettings traffic = TrafficSettings.PLAIN;

    /** One without suites and without a guard. */
    public Mail(int everyLabels, Drop drop, Promotion promotion, int shadowCopies, RoutingMode mode) {
        this.everyLabels = everyLabels;
        this.drop = drop;
        this.promotion = promotion;
        this.shadowCopies = shadowCopies;
        this.mode = mode;
    }

    private Mail with(Consumer<Mail> change) {
        Mail other = new Mail(everyLabels, drop, promotion, shadowCopies, mode);
        other.suites = suites;
        other.restraint = restraint;
        other.controlShare = controlShare;
        other.proof = proof;
        other.maturitySeconds = maturitySeconds;
        other.oversight = oversight;
        other.traffic = traffic;
        change.accept(other);
        return other;
    }

    public Mail retrainingEvery(int labels) {
        return with(mail -> mail.everyLabels = labels);
    }

    public Mail withoutDropRules() {
        return with(mail -> mail.drop = new Drop(0, .10, .05, 3));
    }

    public Mail promotedByHand() {
        return with(mail -> mail.promotion = Promotion.MANUAL);
    }

    public Mail decidedAfter(int copies) {
        return with(mail -> mail.shadowCopies = copies);
    }

    public Mail routedBy(RoutingMode routing) {
        return with(mail -> mail.mode = routing);
    }

    public Mail testedBy(SuiteCase... cases) {
        return with(mail -> mail.suites = List.of(cases));
    }

    public Mail restrainedBy(Restraint bounds) {
        return with(mail -> mail.restraint = bounds);
    }

    /** A former champion keeps this share beside the new one. */
    public Mail guardedBy(double share) {
        return with(mail -> mail.controlShare = share);
    }

    /** Promoted when it is proven. */
    public Mail promotedByEvidence(PromotionProof needed) {
        return with(mail -> {
            mail.promotion = Promotion.EVIDENCE;
            mail.proof = needed;
        });
    }

    /** A prediction has its turn when it is so old. */
    public Mail maturingIn(double seconds) {
        return with(mail -> mail.maturitySeconds = seconds);
    }

    public Mail overseenBy(Oversight overseen) {
        return with(mail -> mail.oversight = overseen);
    }

    /** Its requests count. */
    public Mail watchedBy(TrafficSettings counted) {
        return with(mail -> mail.traffic = counted);
    }

    public List<SuiteCase> suites() {
        return suites;
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
                new Labelling(30, maturitySeconds, Labelling.NO_AUDIT),
                MONITOR,
                suites);
    }
}
