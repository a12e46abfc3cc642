package io.abgate.registry;

import io.abgate.registry.contract.Answer;
import io.abgate.registry.contract.Artifact;
import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.Operation;
import io.abgate.registry.contract.SuiteOrder;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.domain.SuiteCase;
import io.abgate.registry.domain.SuiteReport;
import io.abgate.registry.policy.ModelState;
import io.abgate.registry.policy.VersionState;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Chooses what an operator wants to have run through which suites, and keeps and tells what came of it. */
final class SuiteRuns {
    private final Books books;
    private final Jobs jobs;
    private final Reports reports;

    SuiteRuns(Books books, Jobs jobs, Reports reports) {
        this.books = books;
        this.jobs = jobs;
        this.reports = reports;
    }

    /** A version and the cases that it is to be run through. */
    record Plan(
            Operation operation,
            int version,
            String sha256,
            @Nullable String suite,
            @Nullable String category,
            SuiteOrder order) {}

    /** What an operation asks for; refused as NOT_FOUND for an unknown version, as INVALID for an unknown suite. */
    Plan plan(Operation operation) {
        Parameters parameters = Parameters.of(operation, "version", "suite", "category");
        ModelState state = books.state(operation.model());
        VersionState version = parameters.has("version")
                ? reports.find(state, parameters.whole("version", 0))
                : state.ofStage(Stage.CHAMPION)
                        .orElseThrow(() -> Failure.CONFLICT.because("suites: the model has no champion yet"));
        String suite = parameters.has("suite") ? parameters.text("suite", "") : null;
        String category = parameters.has("category") ? parameters.text("category", "") : null;
        List<SuiteCase> cases = chosen("suite", state.settings().suites(), suite, SuiteCase::suite);
        return new Plan(
                operation,
                version.number(),
                version.facts().sha256(),
                suite,
                category,
                new SuiteOrder(
                        new Artifact(jobs.artifact(version)),
                        chosen("category", cases, category, SuiteCase::category)));
    }

    private static List<SuiteCase> chosen(
            String what, List<SuiteCase> cases, @Nullable String wanted, Function<SuiteCase, String> of) {
        if (wanted == null) {
            return cases;
        }
        List<String> known = cases.stream().map(of).distinct().toList();
        Parameters.check(
                known.contains(wanted),
                what,
                wanted,
                known.isEmpty() ? "none, as the model has no suites" : "one of " + String.join(", ", known));
        return cases.stream().filter(one -> of.apply(one).equals(wanted)).toList();
    }

    /** Keeps that a plan was carried out, and tells all of what came of it. */
    Answer ended(Plan plan, SuiteReport report) {
        Operation operation = plan.operation;
        books.commit(
                operation.actor(),
                operation.model(),
                new SuitesRun(
                        plan.version,
                        plan.suite,
                        plan.category,
                        report.verdict().word(),
                        report.passed(),
                        report.failed()));
        JsonObject told = new JsonObject()
                .put("model", operation.model())
                .put("version", plan.version)
                .put("sha256", plan.sha256)
                .put("verdict", report.verdict().word())
                .put("passed", report.passed())
                .put("failed", report.failed())
                .put("successRate", report.successRate())
                .put("cases", rows(report.rows().stream()));
        return new Answer(200, told.encode());
    }

    private static JsonArray rows(Stream<SuiteReport.Row> rows) {
        JsonArray all = new JsonArray();
        rows.map(SuiteRuns::row).forEach(all::add);
        return all;
    }

    private static JsonObject row(SuiteReport.Row row) {
        return new JsonObject()
                .put("suite", row.suite())
                .put("category", row.category())
                .put("case", row.id())
                .put("input", Json.decodeValue(row.input()))
                .put("output", row.output())
                .put("confidence", row.confidence())
                .put("timeMillis", row.timeMillis())
                .put("verdict", row.passed() ? "passed" : "failed")
                .put("reason", row.reason());
    }
}
