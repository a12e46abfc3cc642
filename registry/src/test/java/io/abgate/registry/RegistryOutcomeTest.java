package io.abgate.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.contract.Acknowledged;
import io.abgate.registry.contract.Addresses;
import io.abgate.registry.contract.Inspection;
import io.abgate.registry.contract.JobOutcome;
import io.abgate.registry.contract.Operation.Kind;
import io.abgate.registry.contract.TrainingCourse;
import io.abgate.registry.policy.Mail;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Outcomes that make no sense. */
final class RegistryOutcomeTest {
    @TempDir
    private Path home;

    @Test
    void endsAJobWhoseOutcomeCannotBeJudged() {
        try (Town town = new Town(home, Mail.SHIPPED.withoutDropRules().retrainingEvery(0))
                .open()
                .withChampion()) {
            town.operate(Kind.RETRAIN, new JsonObject());
            Inspection torn = new Inspection(
                    "two".getBytes(StandardCharsets.UTF_8), "0".repeat(64), "abgate/dense-v1", Mail.LABELS, Mail.INPUT);
            town.bus.request(
                    Addresses.JOB_OUTCOME,
                    new JobOutcome(
                            town.order(2).job(),
                            Town.NODE,
                            torn,
                            null,
                            60,
                            0,
                            .7,
                            .1,
                            Town.counts(90, 100),
                            null,
                            null,
                            TrainingCourse.NONE),
                    Acknowledged.class);
            JsonObject job = town.job(2);
            assertThat(job.getString("state")).isEqualTo("FAILED");
            assertThat(job.getString("says")).startsWith("its outcome cannot be judged: sha256: 000");
            assertThat(town.model().getValue("job")).isNull();
            assertThat(town.model().getJsonArray("versions")).hasSize(1);
            assertThat(town.folded()).isEqualTo(Town.withoutNodes(town.model()));
        }
    }
}
