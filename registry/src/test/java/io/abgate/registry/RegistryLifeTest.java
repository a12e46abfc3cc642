package io.abgate.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.abgate.registry.contract.Operation.Kind;
import io.abgate.registry.contract.TrainOrder;
import io.abgate.registry.domain.Evaluation;
import io.abgate.registry.domain.Evaluation.ClassCount;
import io.abgate.registry.domain.RoutingMode;
import io.abgate.registry.domain.Score;
import io.abgate.registry.policy.Mail;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of a model from its first start to its rollbacks. */
final class RegistryLifeTest {
    private static final Mail QUIET = Mail.SHIPPED.withoutDropRules().retrainingEvery(0);

    @TempDir
    private Path home;

    private @Nullable Town town;

    @AfterEach
    void close() {
        if (town != null) {
            town.close();
        }
    }

    private Town town(Mail... models) {
        Town opened = new Town(home, models).open();
        town = opened;
        return opened;
    }

    @Test
    void ordersAFirstVersionOfEachModelAndPromotesIt() {
        Town town = town(QUIET, QUIET);
        TrainOrder first = town.order(1);
        TrainOrder second = town.order(2);
        assertThat(List.of(first.model(), second.model())).containsExactly("mail", "mail-1");
        assertThat(first.parent()).isNull();
        assertThat(first.rows().size() + first.evaluation().size()).isEqualTo(60);
        assertThat(town.model().getInteger("champion")).isNull();

        town.finish(first, "one", Town.counts(50, 100));
        assertThat(town.model().getInteger("champion")).isEqualTo(1);
        assertThat(shares(town)).isEqualTo(new JsonObject().put("1", 1.0));
        assertThat(town.job(first.job()).getString("state")).isEqualTo("SUCCEEDED");
        assertThat(town.bus.read(Kind.MODEL, "mail-1", 0).getInteger("modelId")).isEqualTo(2);
    }

    @Test
    void retrainsOnLabelsThenShadowsThenPromotes() {
        Town town = town(Mail.SHIPPED.withoutDropRules().decidedAfter(10)).withChampion();
        town.label(1, 249, true);
        assertThat(town.model().getJsonObject("job")).isNull();
        town.label(1, 1, true);
        TrainOrder retraining = town.order(2);
        assertThat(retraining.parent()).isNotNull();
        assertThat(town.model().getJsonObject("labels").getLong("sinceTraining"))
                .isZero();

        // five points below its parent, exactly
        town.finish(retraining, "two", Town.counts(85, 100));
        assertThat(town.version(2).getString("stage")).isEqualTo("SHADOW");
        town.warmUp();
        town.pairs(1, 2, 9, true, true);
        assertThat(town.version(2).getString("stage")).isEqualTo("SHADOW");
        town.pairs(1, 2, 1, false, false);
        await().until(() -> Integer.valueOf(2).equals(town.model().getInteger("champion")));
        assertThat(town.version(1).getString("stage")).isEqualTo("STANDBY");
        assertThat(shares(town)).isEqualTo(new JsonObject().put("2", 1.0));
    }

    @Test
    void aTrainingThatGivesARejectedVersionAgainIsRejectedAgain() {
        Town town = town(Mail.SHIPPED.withoutDropRules()).withChampion();
        town.operate(Kind.RETRAIN, new JsonObject());
        town.finish(town.order(2), "two", Town.counts(50, 100));
        assertThat(town.version(2).getString("stage")).isEqualTo("REJECTED");
        town.operate(Kind.RETRAIN, new JsonObject());
        TrainOrder again = town.order(3);
        town.finish(again, "two", Town.counts(50, 100));
        assertThat(town.job(again.job()).getString("state")).isEqualTo("REJECTED");
        assertThat(town.job(again.job()).getInteger("version")).isEqualTo(2);
    }

    @Test
    void theFirstTrainingMakesAChampionOfAnArtifactThatWasRegisteredMeanwhile() {
        Town town = town(Mail.SHIPPED);
        town.worker.inspecting(Mail.LABELS);
        TrainOrder first = town.order(1);
        town.register("one");
        town.finish(first, "one", Town.counts(90, 100));
        assertThat(town.model().getInteger("champion")).isEqualTo(1);
    }

    @Test
    void retiresTheOlderStandby() {
        Town town = town(QUIET).withChampion();
        town.worker.inspecting(Mail.LABELS);
        town.force(town.register("two"), "champion");
        town.warmUp();
        town.force(town.register("three"), "champion");
        assertThat(stages(town)).containsExactly("RETIRED", "STANDBY", "CHAMPION");
    }

    @Test
    void leavesTheTrafficToTheStandbyUntilTheChampionIsWarm() {
        Town town = town(QUIET).withChampion();
        town.worker.inspecting(Mail.LABELS);
        town.force(town.register("two"), "champion");
        assertThat(shares(town)).isEqualTo(new JsonObject().put("1", 1.0));
        town.warmUp();
        await().until(() -> shares(town).equals(new JsonObject().put("2", 1.0)));
    }

    @Test
    void quarantinesAShadowThatHadFewerRight() {
        Town town = shadowed();
        town.pairs(1, 2, 9, true, true);
        town.pairs(1, 2, 1, true, false);
        await().until(() -> town.version(2).getString("stage").equals("QUARANTINED"));
        assertThat(town.model().getInteger("champion")).isEqualTo(1);
    }

    @Test
    void neverServesAHarmfulTraining() {
        Town town = town(Mail.SHIPPED.withoutDropRules()).withChampion();
        town.label(1, 250, true);
        TrainOrder retraining = town.order(2);
        town.finish(retraining, "two", Town.counts(84, 100));
        assertThat(town.version(2).getString("stage")).isEqualTo("REJECTED");
        assertThat(town.job(retraining.job()).getString("state")).isEqualTo("REJECTED");
        assertThat(town.job(retraining.job()).getString("says")).startsWith("post-training accuracy fell");
        assertThat(town.refused(Kind.PROMOTE, "{\"version\":2,\"force\":true}").failureCode())
                .isEqualTo(409);
        assertThat(shares(town)).isEqualTo(new JsonObject().put("1", 1.0));
    }

    @Test
    void holdsAVersionThatNobodyCouldJudge() {
        Town town = town(Mail.SHIPPED.withoutDropRules()).withChampion();
        town.label(1, 250, true);
        town.finish(town.order(2), "two", null);
        town.operate(Kind.RETRAIN, new JsonObject());
        Evaluation empty = new Evaluation(List.of(new ClassCount("ham", new Score(0, 0))), 0, true);
        town.finish(town.order(3), "three", empty, empty);
        town.operate(Kind.RETRAIN, new JsonObject());
        town.finish(town.order(4), "four", Town.counts(90, 100), null);
        assertThat(stages(town)).containsExactly("CHAMPION", "CANDIDATE", "CANDIDATE", "CANDIDATE");
        assertThat(town.job(2).getString("state")).isEqualTo("HELD");
        assertThat(town.job(3).getString("state")).isEqualTo("HELD");
        assertThat(town.job(4).getString("state")).isEqualTo("HELD");
        assertThat(town.job(2).getString("waitsFor")).isEqualTo("promotion");
        assertThat(town.job(2).getJsonObject("evaluation")).isNull();
    }

    @Test
    void makesNoSecondChampionOfALateFirstVersion() {
        Town town = town(QUIET);
        TrainOrder first = town.order(1);
        town.worker.inspecting(Mail.LABELS);
        town.force(town.register("brought"), "champion");
        town.finish(first, "one", Town.counts(90, 100));
        assertThat(stages(town)).containsExactly("CHAMPION", "CANDIDATE");
    }

    @Test
    void rollsBackACanaryThatIsWorse() {
        Town town = canaried();
        for (int i = 0; i < 40 && town.model().getInteger("canary") != null; i++) {
            town.label(1, 5, true);
            town.label(2, 5, false);
        }
        assertThat(town.version(2).getString("stage")).isEqualTo("QUARANTINED");
        assertThat(town.version(2).getJsonObject("evidence").getDouble("g")).isGreaterThanOrEqualTo(20);
        assertThat(town.model().getInteger("champion")).isEqualTo(1);
        assertThat(shares(town)).isEqualTo(new JsonObject().put("1", 1.0));
        assertThat(events(town)).last().isEqualTo("ROLLED_BACK");
    }

    @Test
    void keepsACanarysShareWhoeverIsRight() {
        Town town = canaried();
        town.label(1, 50, false);
        town.label(2, 500, true);
        assertThat(shares(town)).isEqualTo(new JsonObject().put("1", .5).put("2", .5));
        assertThat(town.version(2).getString("stage")).isEqualTo("CANARY");
    }

    @Test
    void sendsTrafficToASmallCanaryOnceItIsWarm() {
        Town town = town(QUIET).withChampion();
        town.worker.inspecting(Mail.LABELS);
        town.canary(town.register("two"), .004);
        await().until(() -> shares(town).containsKey("2"));
        assertThat(shares(town).getDouble("2")).isEqualTo(.004);
        town.operate(Kind.ROUTING, new JsonObject().put("share", .009));
        assertThat(shares(town).getDouble("2")).isEqualTo(.009);
    }

    @Test
    void followsAccuracyInAdaptiveModeWithTheCanarysShareAsItsCap() {
        Town town = town(QUIET.routedBy(RoutingMode.ADAPTIVE)).withChampion();
        town.worker.inspecting(Mail.LABELS);
        town.canary(town.register("two"), .3);
        town.label(1, 200, false);
        town.label(2, 200, true);
        assertThat(shares(town).getDouble("2")).isEqualTo(.3, within(1e-9));
        town.operate(Kind.ROUTING, new JsonObject().put("share", .295));
        assertThat(shares(town).getDouble("2")).isEqualTo(.295, within(1e-9));
    }

    @Test
    void movesAdaptiveSharesAwayFromWhatIsWorseAlsoWhileAllIsFrozen() {
        Town town = town(QUIET.routedBy(RoutingMode.ADAPTIVE)).withChampion();
        town.worker.inspecting(Mail.LABELS);
        town.operate(Kind.PAUSE, new JsonObject().put("all", true));
        town.canary(town.register("two"), .3);
        for (int i = 0; i < 20; i++) { // as the split means them to come
            town.label(1, 7, true);
            town.label(2, 3, false);
        }
        await().untilAsserted(() -> assertThat(shares(town).getDouble("2")).isLessThan(.1));
        assertThat(stages(town)).contains("CANARY");
    }

    private Town shadowed() {
        Town town = town(QUIET.decidedAfter(10)).withChampion();
        town.worker.inspecting(Mail.LABELS);
        town.promote(town.register("two"), "shadow");
        town.warmUp();
        return town;
    }

    private Town canaried() {
        Town town = town(QUIET).withChampion();
        town.worker.inspecting(Mail.LABELS);
        town.canary(town.register("two"), .5);
        await().until(() -> shares(town).containsKey("2"));
        return town;
    }

    private static JsonObject shares(Town town) {
        return town.model().getJsonObject("routing").getJsonObject("shares");
    }

    private static List<String> stages(Town town) {
        JsonArray versions = town.bus.read(Kind.VERSIONS, Town.MAIL, 0).getJsonArray("versions");
        return versions.stream()
                .map(version -> ((JsonObject) version).getString("stage"))
                .toList();
    }

    private static List<String> events(Town town) {
        JsonArray events = town.bus.read(Kind.EVENTS, "", 0).getJsonArray("events");
        return events.stream()
                .map(event -> ((JsonObject) event).getString("type"))
                .filter(type -> !type.equals("ROUTE"))
                .toList();
    }
}
