package io.abgate.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.abgate.registry.contract.Operation.Kind;
import io.abgate.registry.domain.Oversight;
import io.abgate.registry.domain.Oversight.Deciding;
import io.abgate.registry.domain.Oversight.Mode;
import io.abgate.registry.domain.Oversight.Threshold;
import io.abgate.registry.domain.Restraint.Approval;
import io.abgate.registry.policy.Mail;
import io.abgate.registry.store.EventQuery;
import io.abgate.registry.store.StoredEvent;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operators stand between verdicts and deeds, also after a restart. */
final class RegistryOversightTest {
    private static final Mail QUIET =
            Mail.SHIPPED.withoutDropRules().retrainingEvery(0).decidedAfter(10);

    @TempDir
    private Path home;

    private Town town;

    @AfterEach
    void close() {
        town.close();
    }

    private Town open(Mode mode, Approval approval, Deciding decisions) {
        Mail mail = QUIET.overseenBy(new Oversight(mode, approval, decisions, new Threshold(.10, 20)));
        town = new Town(home, mail).open().withChampion();
        town.worker.inspecting(Mail.LABELS);
        return town;
    }

    @Test
    void tellsInADryRunWhatItWouldDoAndLeavesAllAsItIs() {
        open(Mode.DRY_RUN, Approval.AUTOMATIC, Deciding.SEQUENTIAL);
        town.canary(town.register("two"), .5);
        town.label(1, 50, true);
        town.label(2, 50, false);
        town.label(2, 5, false);
        assertThat(town.version(2).getString("stage")).isEqualTo("CANARY");
        assertThat(oversight().getString("mode")).isEqualTo("dryRun");
        JsonObject would = oversight().getJsonArray("would").getJsonObject(0);
        assertThat(would.getString("verdict")).isEqualTo("ROLL_BACK");
        assertThat(would.getInteger("version")).isEqualTo(2);
        assertThat(would.getString("reason")).startsWith("less accurate than champion 1");
        assertThat(events("VERDICT_DRY")).hasSize(1);
        town.restart();
        assertThat(oversight().getJsonArray("would")).hasSize(1);
        assertThat(events("VERDICT_DRY")).hasSize(1);
        town.operate(Kind.ABORT, new JsonObject());
        assertThat(oversight().getJsonArray("would")).isEmpty();
    }

    @Test
    void waitsWithAPromotionUntilAnOperatorApprovesIt() {
        open(Mode.ACT, Approval.MANUAL, Deciding.SEQUENTIAL);
        shadowThatHolds();
        assertThat(town.model().getInteger("champion")).isEqualTo(1);
        assertThat(alerts()).containsExactly("PROMOTION_HELD");
        town.restart();
        assertThat(oversight().getJsonObject("waiting").getInteger("version")).isEqualTo(2);
        assertThat(refused("{\"version\":1}"))
                .isEqualTo("version 1: CHAMPION (expected: a version whose promotion waits for approval)");
        assertThat(refused("{\"version\":9}")).isEqualTo("version: 9 (expected: a version of mail)");
        assertThat(refused("{}")).isEqualTo("version: nothing (expected: the number of a version)");
        town.operate(Kind.PAUSE, new JsonObject());
        assertThat(refused("{\"version\":2}")).isEqualTo("version 2: promotions are paused (expected: resume first)");
        town.operate(Kind.RESUME, new JsonObject());

        JsonObject model = town.operate(
                Kind.APPROVE_PROMOTION, new JsonObject().put("version", 2).put("reason", "looked at it"));

        assertThat(model.getInteger("champion")).isEqualTo(2);
        assertThat(oversight().getValue("waiting")).isNull();
        assertThat(alerts()).isEmpty();
        assertThat(events("PROMOTION_HELD")).hasSize(1);
        assertThat(events("PROMOTION_APPROVED")).singleElement().satisfies(event -> {
            assertThat(event.actor()).isEqualTo("operator");
            assertThat(event.body()).contains("looked at it");
        });
        assertThat(town.folded()).isEqualTo(Town.withoutNodes(town.model()));
    }

    @Test
    void stopsWaitingWhenAnOperatorTakesTheVersionOut() {
        open(Mode.ACT, Approval.MANUAL, Deciding.SEQUENTIAL);
        shadowThatHolds();
        JsonObject model = town.operate(Kind.ABORT, new JsonObject());
        assertThat(model.getJsonObject("oversight").getValue("waiting")).isNull();
        assertThat(town.version(2).getString("stage")).isEqualTo("CANDIDATE");
        assertThat(refused("{\"version\":2}")).startsWith("version 2: CANDIDATE");
    }

    @Test
    void takesBackByTheThresholdRuleAndSaysThatItHasNoStatedErrorRate() {
        open(Mode.ACT, Approval.AUTOMATIC, Deciding.THRESHOLD);
        town.canary(town.register("two"), .5);
        assertThat(oversight().getValue("errorRate")).isNull();
        town.label(1, 20, true);
        town.label(2, 18, true);
        town.restart();
        assertThat(oversight().getJsonObject("threshold").getJsonObject("seen"))
                .isEqualTo(new JsonObject().put("1", 20).put("2", 18));
        town.label(2, 2, false);
        assertThat(town.version(2).getString("stage")).isEqualTo("QUARANTINED");
        assertThat(events("ROLLED_BACK")).singleElement().satisfies(event -> assertThat(event.body())
                .contains("no stated error rate", "\"rule\":\"threshold\""));
    }

    @Test
    void releasesAVersionThatWasTakenBackOnceItIsAskedTo() {
        open(Mode.ACT, Approval.AUTOMATIC, Deciding.SEQUENTIAL);
        town.canary(town.register("two"), .5);
        town.label(1, 50, true);
        town.label(2, 50, false);
        assertThat(town.version(2).getString("stage")).isEqualTo("QUARANTINED");
        assertThat(town.refused(Kind.PROMOTE, "{\"version\":2,\"to\":\"canary\"}")
                        .getMessage())
                .contains("QUARANTINED");
        assertThat(refusedRelease(1))
                .isEqualTo("version 1: CHAMPION (expected: a version that was taken back (QUARANTINED))");
        assertThat(refusedRelease(9)).isEqualTo("version: 9 (expected: a version of mail)");

        town.bus.ask(Kind.RELEASE, Town.MAIL, 2, "{\"reason\":\"labels were wrong\"}");

        assertThat(town.version(2).getString("stage")).isEqualTo("CANDIDATE");
        assertThat(town.version(2).getJsonObject("evidence").getDouble("g")).isEqualTo(1);
        assertThat(events("RELEASED")).singleElement().satisfies(event -> assertThat(event.body())
                .contains("labels were wrong"));
        town.canary(2, .5);
        assertThat(town.version(2).getString("stage")).isEqualTo("CANARY");
        town.restart();
        assertThat(town.folded()).isEqualTo(Town.withoutNodes(town.model()));
    }

    private void shadowThatHolds() {
        town.promote(town.register("two"), "shadow");
        town.warmUp();
        town.pairs(1, 2, 10, true, true);
        await().until(() -> oversight().getValue("waiting") != null);
    }

    private JsonObject oversight() {
        return town.model().getJsonObject("oversight");
    }

    private List<String> alerts() {
        return town.model().getJsonObject("monitor").getJsonArray("alerts").stream()
                .map(alert -> ((JsonObject) alert).getString("kind"))
                .toList();
    }

    private List<StoredEvent> events(String type) {
        return town.store().events(new EventQuery(0, null, null, Town.MAIL, type, 100));
    }

    private String refused(String body) {
        return String.valueOf(town.refused(Kind.APPROVE_PROMOTION, body).getMessage());
    }

    private String refusedRelease(int version) {
        ReplyException refusal = town.bus.refused(Bus.operation(Kind.RELEASE, Town.MAIL, version, "{}", null));
        return String.valueOf(refusal.getMessage());
    }
}
