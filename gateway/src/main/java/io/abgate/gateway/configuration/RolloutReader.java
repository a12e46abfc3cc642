package io.abgate.gateway.configuration;

import io.abgate.registry.domain.Labelling;
import io.abgate.registry.domain.ModelSettings.Promotion;
import io.abgate.registry.domain.ModelSettings.Rollout;
import io.abgate.registry.domain.PromotionProof;
import io.abgate.registry.domain.PromotionProof.Step;

/** How a version is promoted and taken back, and how labels are taken, in a model's file. */
final class RolloutReader {
    private static final PromotionProof DEFAULT = PromotionProof.DEFAULT;

    private RolloutReader() {}

    /** Where nothing is said of it, slow is what takes half of {@code deadlineMillis}. */
    static Rollout rollout(Value rollout, int deadlineMillis) {
        rollout.only(
                "promotion",
                "labels",
                "alpha",
                "controlShare",
                "promotionAlpha",
                "shadow",
                "ladder",
                "margin",
                "mostLabels",
                "mode",
                "approval",
                "decisions",
                "threshold",
                "guardrails",
                "actions",
                "trafficSeconds");
        return new Rollout(
                rollout.at("promotion").choice(Promotion.class),
                rollout.at("labels").wholeNumber(),
                rollout.at("alpha").number(),
                rollout.at("controlShare").numberOr(Rollout.CONTROL_SHARE),
                proof(rollout),
                OversightReader.read(rollout),
                TrafficReader.read(rollout, deadlineMillis));
    }

    private static PromotionProof proof(Value rollout) {
        Value ladder = rollout.at("ladder");
        Shadow shadow = rollout.at("shadow").isPresent() ? shadow(rollout.at("shadow")) : Shadow.DEFAULT;
        return new PromotionProof(
                rollout.at("promotionAlpha").numberOr(DEFAULT.alpha()),
                shadow.margin,
                shadow.leastPairs,
                shadow.mostPairs,
                ladder.isPresent() ? ladder.list(RolloutReader::step) : DEFAULT.ladder(),
                rollout.at("margin").numberOr(DEFAULT.margin()),
                rollout.at("mostLabels").wholeNumberOr(DEFAULT.mostLabels()));
    }

    private record Shadow(double margin, int leastPairs, int mostPairs) {
        static final Shadow DEFAULT = new Shadow(
                PromotionProof.DEFAULT.shadowMargin(),
                PromotionProof.DEFAULT.leastPairs(),
                PromotionProof.DEFAULT.mostPairs());
    }

    private static Shadow shadow(Value shadow) {
        shadow.only("margin", "leastPairs", "mostPairs");
        return new Shadow(
                shadow.at("margin").numberOr(Shadow.DEFAULT.margin),
                shadow.at("leastPairs").wholeNumberOr(Shadow.DEFAULT.leastPairs),
                shadow.at("mostPairs").wholeNumberOr(Shadow.DEFAULT.mostPairs));
    }

    private static Step step(Value step) {
        step.only("share", "labels");
        return new Step(step.at("share").number(), step.at("labels").wholeNumber());
    }

    static Labelling labelling(Value labelling) {
        labelling.only("keepDays", "maturitySeconds", "auditOneIn");
        Value maturity = labelling.at("maturitySeconds");
        maturity.require(!maturity.isPresent() || maturity.number() >= 0, "a number from 0");
        return new Labelling(
                labelling.at("keepDays").wholeNumber(),
                maturity.numberOr(Labelling.MEASURED),
                labelling.at("auditOneIn").wholeNumberOr(Labelling.NO_AUDIT));
    }
}
