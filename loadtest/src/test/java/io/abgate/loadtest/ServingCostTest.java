package io.abgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.abgate.loadtest.traffic.Outcome;
import io.abgate.loadtest.traffic.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/**
 * What a prediction costs the machine, beside a server that does nothing but predict, and beside that server behind the
 * proxies of others. Processor time by the operating system's own accounting, in turns, so that all share whatever else the
 * machine does.
 */
@Tag("serving")
class ServingCostTest {
    private static final int TURNS = Integer.getInteger("abgate.serving.turns", 7);
    private static final Duration TURN = Duration.ofMillis(Integer.getInteger("abgate.serving.turn.millis", 2_000));
    private static final ServingCost.Turns CLOSED = new ServingCost.Turns(TURNS, TURN, Duration.ofSeconds(6), 16);
    private static final PacedLatency.Rate PACE =
            new PacedLatency.Rate(2_000, Duration.ofMillis(500), Duration.ofSeconds(2), 1_000);
    private static final int PACED_TURNS = 5;
    private static final int ATTEMPTS = 10;
    private static final double MOST_OF_BARE = 1.25;
    private static final double MOST_OF_NGINX = 0.60;
    private static final double MOST_OF_HAPROXY = 0.55;

    private static final String WITH_PROBABILITIES = OneLoop.BODY.substring(0, OneLoop.BODY.length() - 1)
            + ",\"outputs\":[{\"name\":\"label\"},{\"name\":\"confidence\"},{\"name\":\"probabilities\"}]}";

    @TempDir
    private Path folder;

    @Test
    void nextWord() throws Exception {
        assumeThat(ProcessorTime.isKnownHere()).isTrue();
        try (Contest contest = new Contest(folder, "next-word", OneLoop.BODY)) {
            List<ServingTarget> targets = new ArrayList<>(contest.targets());
            targets.addAll(contest.targets(", probabilities", WITH_PROBABILITIES));
            targets.add(contest.sampling(1_000));
            targets.add(contest.sampling(10_000));
            check(measure("next-word", targets, contest.targets()));
        }
    }

    @Test
    void mail() throws Exception {
        assumeThat(ProcessorTime.isKnownHere()).isTrue();
        try (Contest contest = new Contest(folder, "mail", medianMail())) {
            check(measure("mail", contest.targets(), contest.targets()));
        }
    }

    private static String medianMail() {
        List<String> texts = Shipped.mails(0, 1_000).stream()
                .map(Shipped.Mail::text)
                .sorted(Comparator.comparingInt(String::length))
                .toList();
        return GatewayClient.inputs("text", "BYTES", List.of(List.of(texts.get(texts.size() / 2))))
                .toString();
    }

    private static List<ServingCost> measure(String model, List<ServingTarget> targets, List<ServingTarget> paced)
            throws Exception {
        List<ServingCost> costs = ServingCost.measure(targets, CLOSED);
        System.out.print(ServingCost.table(costs));
        p99(model, targets.get(0)); // the first time, what sends is cold itself
        for (int turn = 0; turn < PACED_TURNS; turn++) {
            for (ServingCost cost : costs) {
                if (paced.contains(cost.target())) {
                    cost.p99Millis().add(p99(model, cost.target()));
                }
            }
        }
        String table = ServingCost.table(costs);
        System.out.print(table);
        Files.writeString(Path.of("target", "serving-" + model + ".md"), table);
        return costs;
    }

    /** Measured again where the sender could not keep up: then it says nothing of who answers. */
    private static double p99(String model, ServingTarget target) throws Exception {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Run run = PacedLatency.load("http://" + target.url().getAuthority(), model, target.body(), PACE);
            for (Outcome how : List.of(Outcome.REFUSED, Outcome.BROKEN, Outcome.TIMED_OUT)) {
                assertThat(PacedLatency.count(run, how)).as(target + " " + how).isZero();
            }
            if (PacedLatency.isValid(run) && PacedLatency.count(run, Outcome.MISSED) == 0) {
                return PacedLatency.p99(run);
            }
        }
        throw new TestAbortedException("others leave this machine too little to send at a rate");
    }

    private static void check(List<ServingCost> costs) {
        String table = ServingCost.table(costs);
        ServingCost ours = costs.get(1);
        assertThat(ours.ratioTo(costs.get(0))).as(table).isLessThanOrEqualTo(MOST_OF_BARE);
        for (ServingCost cost : costs) {
            if (cost.target().name().startsWith("nginx")) {
                assertThat(ours.ratioTo(cost)).as(table).isLessThanOrEqualTo(MOST_OF_NGINX);
                assertThat(ours.medianP99()).as(table).isLessThanOrEqualTo(cost.medianP99());
            }
            if (cost.target().name().startsWith("HAProxy")) {
                assertThat(ours.ratioTo(cost)).as(table).isLessThanOrEqualTo(MOST_OF_HAPROXY);
            }
            if (cost.target().name().equals("abgate, probabilities")) {
                ServingCost bare = costs.get(costs.indexOf(cost) - 1);
                assertThat(cost.ratioTo(bare)).as(table).isLessThanOrEqualTo(MOST_OF_BARE);
            }
        }
    }
}
