package io.abgate.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.abgate.registry.contract.Addresses;
import io.abgate.registry.contract.Answer;
import io.abgate.registry.contract.ArtifactRequest;
import io.abgate.registry.contract.Operation.Kind;
import io.abgate.registry.contract.TrainOrder;
import io.abgate.registry.domain.Example;
import io.abgate.registry.policy.Mail;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators ask for, and why they do not always get it. */
final class RegistryRefusalsTest {
    @TempDir
    private Path home;

    private Town town;

    @BeforeEach
    void open() {
        town = new Town(home, Mail.SHIPPED.withoutDropRules().retrainingEvery(0).decidedAfter(10))
                .open()
                .withChampion();
    }

    @AfterEach
    void close() {
        town.close();
    }

    @Test
    void registersAnArtifactOnce() {
        town.worker.inspecting(Mail.LABELS);
        Answer first = register("{\"tags\":\"a,b\",\"source\":\"notebook\",\"note\":\"try\"}");
        Answer second = register("{}");
        assertThat(first).isEqualTo(new Answer(201, "{\"version\":2}"));
        assertThat(second).isEqualTo(new Answer(200, "{\"version\":2}"));
        JsonObject version = town.version(2);
        assertThat(version.getString("stage")).isEqualTo("CANDIDATE");
        assertThat(version.getJsonArray("tags")).containsExactly("a", "b");
        assertThat(version.getString("source")).isEqualTo("notebook");
        assertThat(town.bus.ask(Kind.ARTIFACT, Town.MAIL, 2, "{}").body()).isEqualTo("two");
    }

    @Test
    void registersNothingWithoutAModelNodeToLookAtIt() {
        refuses(
                town.bus.refused(Bus.registration(Town.MAIL, "two", "{}")),
                503,
                "artifact: nobody to look at it (expected: a node with the role model)");
        assertThat(town.model().getJsonArray("versions")).hasSize(1);
    }

    @Test
    void registersNoArtifactOfOtherLabels() {
        town.worker.inspecting(List.of("ham", "junk"));
        refuses(
                town.bus.refused(Bus.registration(Town.MAIL, "two", "{}")),
                400,
                "labels: [ham, junk] (expected: in any order [ham, spam])");
    }

    @Test
    void registersNothingForAModelThatIsNotThere() {
        refuses(town.bus.refused(Bus.registration("post", "two", "{}")), 404, "model: post (expected: one of mail)");
    }

    @Test
    void takesNoVersionAwayThatAnswersForAChampionWhichIsStillLoaded() {
        town.worker.inspecting(Mail.LABELS);
        town.register("two");
        town.register("three");
        town.force(2, "champion");

        assertThat(town.refused(Kind.PROMOTE, "{\"version\":3,\"force\":true}"))
                .hasMessage("version 3: would leave neither champion nor standby loaded"
                        + " (expected: one of them to answer; try again when the champion is loaded)");
        assertThat(town.refused(Kind.PROMOTE, "{\"version\":1,\"to\":\"canary\"}")
                        .failureCode())
                .isEqualTo(409);
        town.warmUp();
        assertThat(town.force(3, "champion").getInteger("standby")).isEqualTo(2);
    }

    @Test
    void promotesAChampionOnEvidenceOrByForceOnly() {
        two();
        refuses(
                town.refused(Kind.PROMOTE, "{\"version\":2}"),
                409,
                "version 2: no evidence that it is not worse than the champion (expected: 10 labelled shadow copies"
                        + " with not fewer right, a proof in canary, or force)");
        town.promote(2, "shadow");
        town.operate(Kind.PAUSE, new JsonObject());
        town.pairs(1, 2, 9, true, true);
        assertThat(town.refused(Kind.PROMOTE, "{\"version\":2}").failureCode()).isEqualTo(409);
        town.pairs(1, 2, 1, true, true);
        await().until(() -> town.version(2).getJsonObject("shadow").getInteger("pairs") == 10);
        assertThat(town.promote(2, "champion").getInteger("champion")).isEqualTo(2);
    }

    @Test
    void refusesAPromotionWhenTheWorldMovedOn() {
        two();
        long epoch = town.model().getLong("stageEpoch");
        town.canary(2, .2);
        String body = "{\"version\":2,\"force\":true,\"expectedEpoch\":" + epoch + "}";
        long now = town.model().getLong("stageEpoch");
        refuses(
                town.refused(Kind.PROMOTE, body),
                409,
                "expectedEpoch: " + epoch + " (expected: " + now + ", the last change of a stage)");
        // shares are no change of a stage
        town.operate(Kind.ROUTING, new JsonObject().put("share", .3));
        town.operate(
                Kind.PROMOTE,
                new JsonObject().put("version", 2).put("force", true).put("expectedEpoch", now));
        assertThat(town.model().getInteger("champion")).isEqualTo(2);
    }

    @Test
    void promotesNobodyElseWhileACanaryRuns() {
        two();
        town.register("three");
        town.canary(2, .2);
        refuses(
                town.refused(Kind.PROMOTE, "{\"version\":3,\"force\":true}"),
                409,
                "version 3: CANARY (expected: no version in that stage, but version 2 is; abort it first)");
        assertThat(town.refused(Kind.PROMOTE, "{\"version\":3,\"to\":\"canary\"}")
                        .failureCode())
                .isEqualTo(409);
        town.operate(Kind.ABORT, new JsonObject());
        assertThat(town.version(2).getString("stage")).isEqualTo("CANDIDATE");
        assertThat(town.force(3, "champion").getInteger("champion")).isEqualTo(3);
    }

    @Test
    void rollsBackToNoVersionThatWasNeverChampion() {
        two();
        town.operate(Kind.PROMOTE, new JsonObject().put("version", 2).put("to", "shadow"));
        town.warmUp();
        refuses(
                town.refused(Kind.ROLLBACK, "{\"to\":2}"),
                409,
                "version 2: SHADOW (expected: a former champion that is still loaded)");
    }

    @Test
    void staysFrozenUntilResumedWhoeverElsePauses() {
        two();
        assertThat(town.operate(Kind.PAUSE, new JsonObject().put("all", true)).getBoolean("frozen"))
                .isTrue();
        assertThat(town.operate(Kind.PAUSE, new JsonObject()).getBoolean("frozen"))
                .isTrue();
        assertThat(town.operate(Kind.RESUME, new JsonObject()).getBoolean("frozen"))
                .isFalse();
    }

    @Test
    void rollsBackToAWarmStandbyAndPromotesNobodyUntilResumed() {
        two();
        refuses(
                town.refused(Kind.ROLLBACK, "{}"),
                409,
                "rollback: no standby (expected: a former champion, or a version named by \"to\")");
        town.force(2, "champion");
        town.report(Town.NODE, 1, List.of());
        refuses(
                town.refused(Kind.ROLLBACK, "{}"),
                409,
                "version 1: loaded on no node (expected: a version that is warm)");
        refuses(
                town.refused(Kind.ROLLBACK, "{\"to\":2}"),
                409,
                "version 2: CHAMPION (expected: a former champion that is still loaded)");
        assertThat(town.refused(Kind.ROLLBACK, "{\"to\":7}").failureCode()).isEqualTo(404);
        town.warmUp();
        JsonObject model = town.operate(Kind.ROLLBACK, new JsonObject().put("reason", "complaints"));
        assertThat(model.getInteger("champion")).isEqualTo(1);
        assertThat(model.getBoolean("paused")).isTrue();
        assertThat(model.getBoolean("frozen")).isFalse();
        assertThat(town.version(2).getString("stage")).isEqualTo("QUARANTINED");
        refuses(
                town.refused(Kind.PROMOTE, "{\"version\":2,\"to\":\"shadow\"}"),
                409,
                "version 2: QUARANTINED (expected: a version that was not taken back, or force)");
        assertThat(town.operate(Kind.RESUME, new JsonObject()).getBoolean("paused"))
                .isFalse();
    }

    @Test
    void endsCanaryAndShadowWithAnAbort() {
        two();
        refuses(town.refused(Kind.ABORT, "{}"), 409, "abort: neither canary nor shadow (expected: one of them)");
        town.register("three");
        town.canary(2, .2);
        town.promote(3, "shadow");
        JsonObject model = town.operate(Kind.ABORT, new JsonObject());
        assertThat(model.getInteger("canary")).isNull();
        assertThat(model.getInteger("shadow")).isNull();
        assertThat(model.getInteger("champion")).isEqualTo(1);
    }

    @Test
    void saysWhichSampleItCannotTake() {
        String samples = "{\"samples\":[{\"input\":\"a\",\"truth\":\"ham\"},{\"input\":\"b\"}]}";
        refuses(
                town.refused(Kind.RETRAIN, samples),
                400,
                "samples[1]: {input=b} (expected: {\"input\": …, \"truth\": \"label\"})");
    }

    @Test
    void trainsOnGivenSamplesExactlyAsGiven() {
        Answer queued = town.bus.ask(
                Kind.RETRAIN,
                Town.MAIL,
                0,
                "{\"samples\":[{\"input\":\"the\",\"truth\":\"ham\"}],\"epochs\":3,\"rollout\":false}");
        assertThat(queued.status()).isEqualTo(202);
        TrainOrder order = town.order(2);
        assertThat(order.rows()).containsExactly(new Example("\"the\"", "ham"));
        assertThat(order.startFromParent()).isTrue();
        assertThat(order.plan().batch()).isZero();
        assertThat(order.plan().epochs()).isEqualTo(3);
        town.finish(order, "two", Town.counts(100, 100));
        assertThat(town.version(2).getString("stage")).isEqualTo("CANDIDATE");
        assertThat(town.job(2).getString("state")).isEqualTo("SUCCEEDED");
    }

    @Test
    void knowsWhatItDoesNotHave() {
        try {
            town.bus.request(Addresses.ARTIFACT, new ArtifactRequest("0"), Object.class);
            throw new AssertionError("not refused");
        } catch (Bus.Failed failed) {
            refuses(
                    (ReplyException) failed.getCause(),
                    404,
                    "artifact: 0 (expected: the SHA-256 of a stored artifact)");
        }
        refuses(town.refused(Kind.JOB, "{}"), 404, "job: 0 (expected: the number of a job)");
        refuses(town.refused(Kind.VERSION, "{}"), 404, "version: 0 (expected: a version of mail)");
    }

    private void two() {
        town.worker.inspecting(Mail.LABELS);
        town.register("two");
    }

    private Answer register(String body) {
        return town.bus.request(Addresses.OPERATE, Bus.registration(Town.MAIL, "two", body), Answer.class);
    }

    private static void refuses(ReplyException refusal, int status, String words) {
        assertThat(refusal.failureCode()).isEqualTo(status);
        assertThat(refusal).hasMessageEndingWith(words);
    }
}
