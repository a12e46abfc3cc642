package io.abgate.gateway.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChronicleTest {
    private final Queue<String> answers = new ArrayDeque<>();
    private final FakeServer server = new FakeServer((path, body) -> "{\"events\":[" + answers.remove() + "]}");
    private final StringWriter told = new StringWriter();
    private final Screen screen = new Screen(new PrintWriter(told), false);
    private final Chronicle chronicle = new Chronicle(new Registry(server.client(), "mail"), screen);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void decisionsAreRememberedInTheirOrder() {
        answers.add(event(3, "PROMOTED", 1, 0) + "," + event(4, "LABELS", 0, 0) + "," + event(9, "REJECTED", 2, 0));
        answers.add(event(11, "ROLLED_BACK", 3, 120));
        chronicle.read(1_000);
        chronicle.read(1_250);
        assertThat(chronicle.decisions())
                .containsExactly(
                        new Chronicle.Decision(1_000, "PROMOTED", 1, 0, "PROMOTED of 1"),
                        new Chronicle.Decision(1_000, "REJECTED", 2, 0, "REJECTED of 2"),
                        new Chronicle.Decision(1_250, "ROLLED_BACK", 3, 120, "ROLLED_BACK of 3"));
        assertThat(chronicle.has("ROLLED_BACK", 3)).isTrue();
        assertThat(chronicle.has("ROLLED_BACK", 2)).isFalse();
        assertThat(told.toString()).contains("mail 1,250  ROLLED_BACK of 3").doesNotContain("LABELS");
    }

    @Test
    void eachLookGoesOnAfterTheLastEventThatWasSeen() {
        answers.addAll(List.of(event(3, "LABELS", 0, 0) + "," + event(17, "LABELS", 0, 0), "", ""));
        chronicle.read(1);
        chronicle.read(2);
        chronicle.read(3);
        assertThat(server.requests)
                .containsExactly(
                        "/api/v1/events?model=mail&after=0 ",
                        "/api/v1/events?model=mail&after=17 ",
                        "/api/v1/events?model=mail&after=17 ");
    }

    @Test
    void theNewestOfATypeIsTheLast() {
        answers.add(event(1, "REJECTED", 5, 0) + "," + event(2, "REJECTED", 3, 0) + "," + event(3, "PROMOTED", 4, 0));
        chronicle.read(1);
        assertThat(chronicle.newest("REJECTED")).isEqualTo(3);
        assertThat(chronicle.newest("ROLLED_BACK")).isZero();
    }

    @Test
    void theTableHasEveryDecisionButTheFirstPromotion() {
        answers.add(event(1, "PROMOTED", 1, 0) + "," + event(2, "PROMOTED", 2, 60) + "," + event(3, "REJECTED", 3, 0)
                + "," + event(4, "ROLLED_BACK", 1, 44) + "," + event(5, "QUARANTINED", 4, 7));
        chronicle.read(1_500);
        Score score = new Score(1_000);
        score.add(true, false);
        score.add(true, true);
        Summary.print(screen, score, chronicle);
        assertThat(told.toString().lines().map(line -> line.strip().replaceAll(" +", " ")))
                .contains(
                        "1,000 – 1,001 100.0 % 50.0 % +50.0 points",
                        "promoted 2 1,500 60",
                        "rejected by the gate 3 1,500 –",
                        "rolled back 1 1,500 44",
                        "quarantined in shadow 4 1,500 7",
                        "promotions: 1, rollbacks: 1, rejected by the gate: 1, quarantined in shadow: 1")
                .doesNotContain("promoted 1 1,500 –");
    }

    private static String event(int seq, String type, int version, int labels) {
        return String.format(
                "{\"seq\":%d,\"type\":\"%s\",\"summary\":\"%s of %d\",\"body\":{\"version\":%d,\"figures\":{\"labels\":%d}}}",
                seq, type, type, version, version, labels);
    }
}
