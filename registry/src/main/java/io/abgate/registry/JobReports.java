package io.abgate.registry;

import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.JobProgress;
import io.abgate.registry.contract.TrainingCourse;
import io.abgate.registry.domain.Check;
import io.abgate.registry.domain.Evaluation;
import io.abgate.registry.policy.ModelState;
import io.abgate.registry.store.JobRow;
import io.abgate.registry.store.JobRow.State;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Jobs as people and programs read them, with the progress that workers tell. */
final class JobReports {
    private final Books books;
    private final Map<Long, JobProgress> progress = new HashMap<>();

    JobReports(Books books) {
        this.books = books;
    }

    /** A worker told how far it is. */
    void progress(JobProgress told) {
        boolean open =
                books.states().stream().anyMatch(state -> state.openJobs().contains(told.job()));
        if (open) { // what comes late would stay for ever
            progress.put(told.job(), told);
        }
    }

    /** A job is over: its progress is of no use any more. */
    void ended(long job) {
        progress.remove(job);
    }

    JsonObject job(long id) {
        return books.store()
                .job(id)
                .map(this::job)
                .orElseThrow(() -> Failure.NOT_FOUND.because(Check.message("job", id, "the number of a job")));
    }

    /** The newest job of a model that has not ended. */
    Optional<JsonObject> newestOpen(ModelState state) {
        return state.openJobs().stream()
                .max(Long::compare)
                .flatMap(id -> books.store().job(id))
                .map(this::job);
    }

    JsonObject job(JobRow row) {
        JobBody body = JobBody.of(row);
        JobSpec spec = body.spec();
        JsonObject job = new JsonObject()
                .put("id", row.id())
                .put("model", row.model())
                .put("state", row.state().name())
                .put("reason", spec.reason())
                .put("automatic", spec.automatic())
                .put("parent", spec.parent())
                .put("epochs", spec.epochs())
                .put("learningRate", spec.learningRate())
                .put("createdAt", row.createdAt().toString())
                .put("updatedAt", row.updatedAt().toString());
        JobProgress told = progress.get(row.id());
        if (told != null) {
            job.put("epoch", told.epoch());
            job.put("loss", CheckText.number(told.loss()));
            job.put("etaSeconds", CheckText.number(told.etaSeconds()));
        }
        if (row.state() == State.RUNNING) {
            job.put("startedAt", row.updatedAt().toString()); // its body does not change before it ends
        }
        JobResult result = body.result();
        if (row.state() == State.HELD) { // of its beginning, or, when it has ended, of its version
            job.put("waitsFor", result == null ? "approval" : "promotion");
        }
        if (result != null) {
            put(job, result, spec);
        }
        return job;
    }

    private static void put(JsonObject job, JobResult result, JobSpec spec) {
        if (result.version() != null) {
            job.put("version", result.version());
        }
        job.put("says", result.says())
                .put("epoch", spec.epochs())
                .mergeIn(course(result))
                .put("usedRows", result.usedRows())
                .put("droppedRows", result.droppedRows())
                .put("firstLoss", result.firstLoss())
                .put("loss", result.lastLoss())
                .put("evaluation", evaluation(result))
                .put("gates", gates(result));
    }

    private static JsonObject course(JobResult result) {
        TrainingCourse course = result.course();
        if (course == null || course.epochs() == 0) {
            return new JsonObject();
        }
        JsonArray losses = new JsonArray();
        course.losses()
                .forEach(point -> losses.add(new JsonObject()
                        .put("epoch", point.epoch())
                        .put("loss", point.loss())
                        .put("watched", point.watched())));
        return new JsonObject()
                .put("epoch", course.epochs())
                .put("stopped", course.stopped())
                .put("bestEpoch", course.bestEpoch() == 0 ? null : (Integer) course.bestEpoch())
                .put("watchedRows", course.watchedRows())
                .put("dropped", BufferText.reasons(course.dropped()))
                .put("outOfVocabulary", course.outOfVocabulary())
                .put("losses", losses);
    }

    private static @Nullable JsonObject evaluation(JobResult result) {
        return result.candidate() == null
                ? null
                : new JsonObject()
                        .put("candidate", counts(result.candidate()))
                        .put("parent", result.parent() == null ? null : counts(result.parent()));
    }

    private static JsonObject counts(Evaluation evaluation) {
        return new JsonObject()
                .put("right", evaluation.score().right())
                .put("rows", evaluation.score().rows())
                .put("accuracy", CheckText.number(evaluation.score().accuracy()))
                .put("balancedAccuracy", CheckText.number(evaluation.balancedAccuracy()));
    }

    private static JsonArray gates(JobResult result) {
        JsonArray gates = new JsonArray();
        result.gates()
                .forEach(gate -> gates.add(new JsonObject()
                        .put("gate", gate.gate())
                        .put("passed", gate.passed())
                        .put("says", gate.says())));
        return gates;
    }
}
