package io.abgate.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.contract.Operation.Kind;
import io.abgate.registry.policy.Mail;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parameters that mean nothing. One registry for all of them, as none may change it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RegistryNonsenseTest {
    private Town town;

    @BeforeAll
    void open(@TempDir Path home) {
        town = new Town(home, Mail.SHIPPED.withoutDropRules().retrainingEvery(0))
                .open()
                .withChampion();
        town.worker.inspecting(Mail.LABELS);
        town.register("two");
    }

    @AfterAll
    void close() {
        town.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PROMOTE | {}                                  | 400 | version: nothing (expected: the number of a"
                        + " version)",
                "PROMOTE | {\"version\":1.5}                   | 400 | version: 1.5 (expected: a whole number)",
                "PROMOTE | {\"version\":\"1\"}                 | 400 | version: \"1\" (expected: a whole number)",
                "PROMOTE | {\"version\":9}                     | 404 | version: 9 (expected: a version of mail)",
                "PROMOTE | {\"version\":-4294967295}           | 404 | version: -4294967295 (expected: a version of"
                        + " mail)",
                "PROMOTE | {\"version\":1}                     | 409 | version 1: CHAMPION (expected: a version that"
                        + " is neither rejected nor champion)",
                "PROMOTE | {\"version\":2,\"to\":\"moon\"}     | 400 | to: moon (expected: one of shadow, canary,"
                        + " champion)",
                "PROMOTE | {\"version\":2,\"share\":0.1}       | 400 | share: 0.1 (expected: a share only for a"
                        + " canary)",
                "PROMOTE | {\"version\":2,\"to\":\"canary\",\"share\":1} | 400 | share: 1.0 (expected: a number"
                        + " between 0 and 1)",
                "PROMOTE | {\"version\":2,\"to\":\"canary\",\"share\":0} | 400 | share: 0.0 (expected: a number"
                        + " between 0 and 1)",
                "PROMOTE | {\"version\":2,\"force\":\"yes\"}   | 400 | force: \"yes\" (expected: true or false)",
                "PROMOTE | {\"version\":2,\"reason\":7}        | 400 | reason: 7 (expected: a string)",
                "PAUSE   | {\"al\":true}                       | 400 | parameter: al (expected: some of all, reason)",
                "RESUME  | {\"all\":1}                         | 400 | all: 1 (expected: true or false)",
                "ROUTING | {\"floor\":0}                       | 400 | floor: 0.0 (expected: a number above 0, at most"
                        + " 0.25)",
                "ROUTING | {\"mode\":\"roulette\"}             | 400 | mode: roulette (expected: one of split,"
                        + " adaptive, champion, ensemble)",
                "ROUTING | {\"share\":0.5}                     | 409 | share: there is no canary (expected: one, to"
                        + " give a share to)",
                "RETRAIN | {\"epochs\":0}                      | 400 | epochs: 0 (expected: 1 to 100000)",
                "RETRAIN | {\"learningRate\":1e999}            | 400 | learningRate: Infinity (expected: a finite"
                        + " number above 0)",
                "RETRAIN | {\"samples\":[]}                    | 400 | samples: 0 (expected: 1 to 100000)",
                "RETRAIN | {\"samples\":{}}                    | 400 | samples: {} (expected: a list)",
                "RETRAIN | {\"from\":9}                        | 404 | from: 9 (expected: a version of mail)",
                "EVENTS  | {\"since\":\"yesterday\"}           | 400 | since: yesterday (expected: a time such as"
                        + " 2026-01-31T12:00:00Z)",
                "EVENTS  | {\"since\":\"+1000000000-01-01T00:00:00Z\"} | 400 | since: +1000000000-01-01T00:00:00Z"
                        + " (expected: a time such as 2026-01-31T12:00:00Z)",
                "EVENTS  | {\"limit\":0}                       | 400 | limit: 0 (expected: 1 to 1000)"
            })
    void refusesNonsenseWithWhatWasExpected(Kind kind, String body, int status, String words) {
        JsonObject before = town.model();
        refuses(town.refused(kind, body), status, words);
        assertThat(town.model()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"[1]", "null", "7", "{", "''"})
    void refusesABodyThatIsNoObject(String body) {
        refuses(
                town.refused(Kind.PAUSE, body),
                400,
                "body: not a JSON object (expected: an object with some of all, reason)");
    }

    private static void refuses(ReplyException refusal, int status, String words) {
        assertThat(refusal.failureCode()).isEqualTo(status);
        assertThat(refusal).hasMessageEndingWith(words);
    }
}
