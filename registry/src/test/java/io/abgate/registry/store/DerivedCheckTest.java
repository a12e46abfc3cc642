package io.abgate.registry.store;

import static io.abgate.registry.store.StoreFixture.NOW;
import static io.abgate.registry.store.StoreFixture.label;
import static io.abgate.registry.store.StoreFixture.sample;
import static io.abgate.registry.store.StoreFixture.seed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.domain.Sha256;
import io.abgate.registry.store.LedgerCheck.Break;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever was derived from the ledger is held against it. */
@ParameterizedClass
@EnumSource(TestDatabase.Engine.class)
final class DerivedCheckTest {
    private static final byte[] BYTES = "artifact".getBytes(UTF_8);
    private static final String SHA256 = Sha256.of(BYTES);

    private final TestDatabase database;
    private EventStore store;

    DerivedCheckTest(TestDatabase.Engine engine, @TempDir Path home) {
        database = engine.in(home);
    }

    /**
     * 1 a version, 2 a route, 3 a job, 4 a seed, 5 and 7 samples of the labels 6 and 8, 9 their cover, 10 a withdrawal
     * of both, 11 a label of 5 again, 12 its cover, 13 a checkpoint.
     */
    @BeforeEach
    void writeOneOfEverything() {
        store = database.open();
        store.write(transaction -> {
            transaction.artifact(SHA256, BYTES);
            transaction.append("registry", "VERSION_REGISTERED", "mail", "{\"sha256\":\"" + SHA256 + "\"}");
            transaction.append("registry", "ROUTE", "mail", "{\"table\":{\"epoch\":0,\"salt\":\"a\"}}");
            transaction.route("mail", 2, "{\"epoch\":2,\"salt\":\"a\"}");
            transaction.append("registry", "JOB_QUEUED", "mail", "{\"job\":1}");
            transaction.newJob("mail", "{}");
            seed(transaction, 9);
            sample(transaction, 1);
            label(transaction, 1);
            sample(transaction, 2);
            return label(transaction, 2);
        });
        store.write(transaction -> {
            transaction.withdraw("mail", NOW, NOW.plusMillis(1), "app");
            return transaction.append(
                    "operator",
                    "LABELS_VOIDED",
                    "mail",
                    "{\"from\":\"" + NOW + "\",\"to\":\"" + NOW.plusMillis(1) + "\",\"source\":\"app\"}");
        });
        store.write(transaction -> label(transaction, 1));
        store.write(transaction -> {
            transaction.checkpoint(new Checkpoint("mail", 12, "settings", "{}"));
            return 0;
        });
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void isRightWhenNobodyTouchedIt() {
        LedgerCheck check = store.check();

        assertThat(check.broken()).isEmpty();
        assertThat(check.events()).isEqualTo(7);
        assertThat(check.labels()).isEqualTo(3);
        assertThat(check.samples()).isEqualTo(3);
        assertThat(check.artifacts()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DELETE FROM artifact                                  | 1 | its artifact is missing",
                "DELETE FROM route                                     | 2 | its route table is missing",
                "UPDATE route SET epoch = 7                            | 2 | its route table is missing",
                "UPDATE route SET route_table = '{\"epoch\":2}'        | 2 | its route table was altered",
                "UPDATE route SET route_table = '{\"epoch\":3,\"salt\":\"a\"}' | 2 | its route table was altered",
                "UPDATE route SET route_table = 'nonsense'             | 2 | its route table was altered",
                "INSERT INTO route VALUES ('mail', 99, '{}')           | 0 | route tables that no event published: 1",
                "DELETE FROM job                                       | 3 | its job is missing",
                "DELETE FROM model_state            | 0 | checkpoints are not what their events say: mail",
                "UPDATE model_state SET state = '{ }'  | 0 | checkpoints are not what their events say: mail",
                "UPDATE model_state SET seq = 11    | 0 | checkpoints are not what their events say: mail",
                "UPDATE model_state SET model = 'm' | 0 | checkpoints are not what their events say: mail, m",
                "UPDATE label SET voided_seq = NULL WHERE seq = 8 | 0 | withdrawal of label 8: none (expected: 10)",
                "UPDATE label SET voided_seq = 9 WHERE seq = 6    | 0 | withdrawal of label 6: 9 (expected: 10)",
                "UPDATE label SET voided_seq = 10 WHERE seq = 11  | 0 | withdrawal of label 11: 10 (expected: none)",
                "UPDATE sample SET labelled_seq = NULL WHERE seq = 5 "
                        + "| 0 | labelled place of sample 5: none (expected: 11)",
                "UPDATE sample SET labelled_seq = 6 WHERE seq = 5 | 0 | labelled place of sample 5: 6 (expected: 11)",
                "UPDATE sample SET labelled_seq = 8 WHERE seq = 7 "
                        + "| 0 | labelled place of sample 7: 8 (expected: none)",
                "UPDATE sample SET labelled_seq = NULL WHERE seq = 4 "
                        + "| 0 | labelled place of sample 4: none (expected: 4)",
                "UPDATE sample SET input = '' WHERE seq = 5       | 0 | labelled place of sample 5: 11 (expected: none)"
            })
    void saysWhatDoesNotFit(String tampering, long seq, String reason) {
        database.sql(tampering);

        assertThat(store.check().broken()).contains(new Break(seq, reason));
    }

    @Test
    void hashesArtifacts() {
        database.sql("UPDATE artifact SET bytes = "
                + (store.isShared() ? "convert_to('artefact', 'UTF8')" : "CAST('artefact' AS BLOB)"));

        assertThat(store.check().broken()).contains(new Break(0, "artifact " + SHA256 + " was altered"));
    }
}
