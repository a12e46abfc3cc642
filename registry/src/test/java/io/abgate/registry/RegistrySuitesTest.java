package io.abgate.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.contract.Addresses;
import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.Operation.Kind;
import io.abgate.registry.contract.SuiteOrder;
import io.abgate.registry.contract.SuiteReply;
import io.abgate.registry.contract.TrainOrder;
import io.abgate.registry.domain.SuiteCase;
import io.abgate.registry.domain.SuiteCase.Expectation;
import io.abgate.registry.domain.SuiteReport;
import io.abgate.registry.domain.SuiteReport.Row;
import io.abgate.registry.domain.SuiteSummary;
import io.abgate.registry.domain.SuiteSummary.FailedCase;
import io.abgate.registry.policy.Mail;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Suites, when an operator asks for them and when a candidate is judged. */
final class RegistrySuitesTest {
    private static final Mail UNTESTED = Mail.SHIPPED.withoutDropRules().retrainingEvery(0);
    private static final Mail TESTED =
            UNTESTED.testedBy(one("basic", "spam", "B1"), one("basic", "ham", "B2"), one("robustness", "case", "R1"));

    @TempDir
    private Path home;

    private final List<SuiteOrder> orders = new CopyOnWriteArrayList<>();
    private Town town;

    @BeforeEach
    void open() {
        town = new Town(home, TESTED).open().withChampion();
    }

    @AfterEach
    void close() {
        town.close();
    }

    private static SuiteCase one(String suite, String category, String id) {
        return new SuiteCase(suite, category, id, "\"win a prize\"", Expectation.ANSWER);
    }

    /** A worker whose model fails the case of this id. */
    private void running(String failing) {
        town.vertx.eventBus().<SuiteOrder>consumer(Addresses.SUITES, message -> {
            orders.add(message.body());
            message.reply(new SuiteReply(new SuiteReport(message.body().cases().stream()
                    .map(one -> row(one, !one.id().equals(failing)))
                    .toList())));
        });
    }

    private static Row row(SuiteCase one, boolean passed) {
        return new Row(
                one.suite(),
                one.category(),
                one.id(),
                one.input(),
                passed ? "spam" : null,
                passed ? .9 : null,
                1.5,
                passed,
                passed ? null : "broken");
    }

    private JsonObject run(JsonObject body) {
        return town.operate(Kind.SUITES, body);
    }

    private JsonArray events() {
        return new JsonObject(town.bus
                        .ask(Kind.EVENTS, "", 0, "{\"type\":\"SUITES_RUN\"}")
                        .body())
                .getJsonArray("events");
    }

    @Test
    void tellsWhatTheChampionMadeOfEveryCase() {
        running("B2");

        JsonObject report = run(new JsonObject());

        JsonArray cases = report.getJsonArray("cases");
        report.remove("cases");
        assertThat(report)
                .isEqualTo(new JsonObject()
                        .put("model", "mail")
                        .put("version", 1)
                        .put("sha256", town.version(1).getString("sha256"))
                        .put("verdict", "failed")
                        .put("passed", 2)
                        .put("failed", 1)
                        .put("successRate", 2.0 / 3));
        assertThat(cases).hasSize(3);
        assertThat(cases.getJsonObject(1))
                .isEqualTo(new JsonObject()
                        .put("suite", "basic")
                        .put("category", "ham")
                        .put("case", "B2")
                        .put("input", "win a prize")
                        .put("output", null)
                        .put("confidence", null)
                        .put("timeMillis", 1.5)
                        .put("verdict", "failed")
                        .put("reason", "broken"));
        assertThat(orders.get(0).artifact().bytes()).isEqualTo("one".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void keepsThatTheyWereRunAndChangesNothingElse() {
        running("none");
        JsonObject before = town.model();

        assertThat(run(new JsonObject().put("suite", "basic")).getString("verdict"))
                .isEqualTo("passed");

        assertThat(events()).hasSize(1);
        JsonObject event = events().getJsonObject(0);
        assertThat(event.getString("summary")).isEqualTo("Version 1 was run through its suites: 2 of 2 cases passed.");
        assertThat(event.getString("actor")).isEqualTo("operator");
        assertThat(event.getJsonObject("body"))
                .isEqualTo(new JsonObject()
                        .put("version", 1)
                        .put("suite", "basic")
                        .put("verdict", "passed")
                        .put("passed", 2)
                        .put("failed", 0));
        assertThat(town.model()).isEqualTo(before);
        assertThat(town.folded()).isEqualTo(Town.withoutNodes(before));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | B1,B2,R1",
                "{\"suite\":\"robustness\"} | R1",
                "{\"category\":\"ham\"} | B2",
                "{\"suite\":\"basic\",\"category\":\"spam\",\"version\":1} | B1"
            })
    void runsWhatIsChosen(String body, String ids) {
        running("none");

        run(new JsonObject(body));

        assertThat(orders.get(0).cases()).extracting(SuiteCase::id).containsExactly(ids.split(","));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"version\":7} | 404 | version: 7 (expected: a version of mail)",
                "{\"version\":\"one\"} | 400 | version: \"one\" (expected: a whole number)",
                "{\"suite\":\"basics\"} | 400 | suite: basics (expected: one of basic, robustness)",
                "{\"category\":\"eggs\"} | 400 | category: eggs (expected: one of spam, ham, case)",
                "{\"suite\":\"basic\",\"category\":\"case\"} | 400 | category: case (expected: one of spam, ham)",
                "{\"cases\":[]} | 400 | parameter: cases (expected: some of version, suite, category)"
            })
    void refusesWhatItDoesNotKnow(String body, int status, String says) {
        running("none");

        ReplyException refusal = town.refused(Kind.SUITES, body);

        assertThat(Failure.of(refusal).status()).isEqualTo(status);
        assertThat(refusal).hasMessage(says);
        assertThat(orders).isEmpty();
    }

    @Test
    void saysThatThereIsNobodyToRunThem() {
        ReplyException refusal = town.refused(Kind.SUITES, "{}");

        assertThat(Failure.of(refusal)).isEqualTo(Failure.UNAVAILABLE);
        assertThat(refusal)
                .hasMessage("suites: nobody who runs them within 4000 ms (expected: a node with the role model)");
        assertThat(events()).isEmpty();
    }

    @Test
    void aModelWithoutSuitesHasNoCasesAndThatIsNoPass() {
        try (Town untested = new Town(home.resolve("untested"), UNTESTED).open().withChampion()) {
            JsonObject report = untested.operate(Kind.SUITES, new JsonObject());

            assertThat(report.getString("verdict")).isEqualTo("no cases");
            assertThat(report.getValue("successRate")).isNull();
            assertThat(report.getJsonArray("cases")).isEmpty();
            assertThat(untested.refused(Kind.SUITES, "{\"suite\":\"basic\"}"))
                    .hasMessage("suite: basic (expected: none, as the model has no suites)");
        }
    }

    @Test
    void rejectsACandidateThatFailsACaseAndNamesIt() {
        TrainOrder order = retraining();
        assertThat(order.suites()).isEqualTo(TESTED.suites());

        finish(order, new SuiteSummary(2, List.of(new FailedCase("basic/spam/B1", "broken"))));

        JsonObject job = town.job(order.job());
        assertThat(job.getString("state")).isEqualTo("REJECTED");
        assertThat(job.getString("says")).isEqualTo("1 of 3 cases failed: basic/spam/B1 (broken)");
        assertThat(town.version(2).getString("stage")).isEqualTo("REJECTED");
    }

    @Test
    void letsACandidateGoOnThatPassesEveryCase() {
        TrainOrder order = retraining();

        finish(order, new SuiteSummary(3, List.of()));

        assertThat(town.version(2).getString("stage")).isEqualTo("SHADOW");
        JsonObject gate = town.job(order.job()).getJsonArray("gates").stream()
                .map(JsonObject.class::cast)
                .filter(one -> one.getString("gate").equals("suites"))
                .findFirst()
                .orElseThrow();
        assertThat(gate.getString("says")).isEqualTo("3 of 3 cases passed");
    }

    @Test
    void holdsACandidateWhoseSuitesWereNotRun() {
        TrainOrder order = retraining();

        finish(order, null);

        assertThat(town.job(order.job()).getString("state")).isEqualTo("HELD");
        assertThat(town.job(order.job()).getString("says")).isEqualTo("its suites were not run: held for a person");
    }

    @Test
    void suitesAloneAreNoEvaluation() {
        TrainOrder order = retraining();

        town.finish(order, "two", null, null, new SuiteSummary(3, List.of()));

        assertThat(town.job(order.job()).getString("says")).isEqualTo("no evaluation data: held for a person");
    }

    @Test
    void rejectsAFirstVersionTooThatFailsACase() {
        try (Town fresh = new Town(home.resolve("fresh"), TESTED).open()) {
            fresh.finish(
                    fresh.order(1),
                    "one",
                    Town.counts(90, 100),
                    null,
                    new SuiteSummary(2, List.of(new FailedCase("basic/spam/B1", "broken"))));

            assertThat(fresh.job(1).getString("state")).isEqualTo("REJECTED");
            assertThat(fresh.model().getValue("champion")).isNull();
            assertThat(fresh.refused(Kind.SUITES, "{}")).hasMessage("suites: the model has no champion yet");
        }
    }

    private TrainOrder retraining() {
        town.operate(Kind.RETRAIN, new JsonObject());
        return town.order(2);
    }

    private void finish(TrainOrder order, SuiteSummary suites) {
        town.finish(order, "two", Town.counts(90, 100), Town.counts(90, 100), suites);
    }
}
