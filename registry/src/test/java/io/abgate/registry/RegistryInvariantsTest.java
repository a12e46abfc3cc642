package io.abgate.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.abgate.registry.contract.Label;
import io.abgate.registry.contract.NodeReport.Hosted;
import io.abgate.registry.contract.Operation.Kind;
import io.abgate.registry.contract.TrainOrder;
import io.abgate.registry.domain.PredictionId;
import io.abgate.registry.policy.Mail;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever operators, applications, workers and nodes do, in whatever order, some things always hold. */
final class RegistryInvariantsTest {
    private static final int STEPS = 110;
    private static final Mail EAGER = Mail.SHIPPED.decidedAfter(5).retrainingEvery(20);

    @TempDir
    private Path home;

    private final Set<Long> finished = new HashSet<>();
    private final List<PredictionId> told = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 19, 21, 23})
    void holdsItsInvariantsThroughAnySequenceOfEvents(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        try (Town town = new Town(home, EAGER).keepingStatesAfter(25).open().withChampion()) {
            town.worker.inspecting(Mail.LABELS);
            finished.add(1L);
            for (int step = 0; step < STEPS; step++) {
                int kind = random.nextInt(18);
                try {
                    step(town, kind, random);
                } catch (Bus.Failed failed) {
                    assertThat(failed.getCause())
                            .isInstanceOfSatisfying(ReplyException.class, refusal -> assertThat(refusal.failureCode())
                                    .isIn(404, 409));
                }
                check(town, "seed " + seed + ", step " + step + " of kind " + kind);
            }
            assertThat(town.model().getJsonObject("labels").getLong("withdrawn"))
                    .isPositive();
            Projections.check(town.store(), Town.MAIL);
            town.restart();
            assertThat(town.usableCheckpoints()).isNotEmpty();
            assertThat(town.statesFromCheckpoints()).isEqualTo(town.foldedStates());
        }
    }

    private void step(Town town, int kind, RandomGenerator random) {
        int version = 1 + random.nextInt(versions(town).size());
        JsonObject model = town.model();
        switch (kind) {
            case 0, 1, 2 -> town.label(version, 1 + random.nextInt(8), random.nextBoolean());
            case 3 -> town.label(model.getInteger("champion"), 1 + random.nextInt(12), random.nextInt(4) > 0);
            case 4, 5 -> {
                int shadow = model.getInteger("shadow") == null ? version : model.getInteger("shadow");
                town.pairs(model.getInteger("champion"), shadow, 3, random.nextBoolean(), random.nextBoolean());
            }
            case 6 -> town.canary(version, .05 + random.nextDouble() / 2);
            case 7 -> town.promote(version, "shadow");
            case 8 -> town.force(version, random.nextInt(3) == 0 ? "shadow" : "champion");
            case 9 -> town.operate(Kind.ROLLBACK, random.nextBoolean() ? new JsonObject() : to(version));
            case 10 -> operate(town, random);
            case 11 -> town.register("artifact " + random.nextInt(1_000));
            case 12 -> finish(town, random);
            case 13 -> {
                town.clock.turn(Duration.ofSeconds(random.nextInt(4)));
                report(town, random);
            }
            case 14 -> town.warmUp();
            case 15 -> withdraw(town, random);
            case 16 -> tellAgain(town, version, random);
            default -> {
                if (random.nextInt(3) == 0) {
                    town.restart();
                    assertThat(town.statesFromCheckpoints()).isEqualTo(town.foldedStates());
                }
            }
        }
    }

    /** What a source told within the last while. */
    private static void withdraw(Town town, RandomGenerator random) {
        Instant now = town.clock.instant();
        town.operate(
                Kind.VOID,
                new JsonObject()
                        .put("from", now.minusSeconds(random.nextInt(4)).toString())
                        .put("to", now.plusSeconds(1).toString())
                        .put("source", random.nextInt(3) == 0 ? "app" : "job"));
    }

    /** Another source tells something of new requests, and of some of them once more. */
    private void tellAgain(Town town, int version, RandomGenerator random) {
        for (int i = random.nextInt(4); i >= 0; i--) {
            told.add(town.request(version));
        }
        town.bus.labels(
                Town.MAIL,
                told.stream()
                        .filter(id -> random.nextBoolean())
                        .map(id -> new Label(
                                0,
                                id,
                                random.nextInt(3) > 0 ? "ham" : "spam",
                                null,
                                random.nextInt(3) == 0 ? "app" : "job"))
                        .toList());
    }

    private static JsonObject to(int version) {
        return new JsonObject().put("to", version);
    }

    private static void operate(Town town, RandomGenerator random) {
        switch (random.nextInt(6)) {
            case 0 -> town.operate(Kind.ABORT, new JsonObject());
            case 1 -> town.operate(Kind.PAUSE, new JsonObject().put("all", random.nextBoolean()));
            case 2 -> town.operate(Kind.ROUTING, new JsonObject().put("mode", "adaptive"));
            case 3 -> town.operate(Kind.ROUTING, new JsonObject().put("share", .1 + random.nextDouble() / 2));
            default -> town.operate(Kind.RESUME, new JsonObject());
        }
    }

    /** The worker comes to an end with a job, well or not. */
    private void finish(Town town, RandomGenerator random) {
        for (TrainOrder order : town.worker.orders) {
            if (finished.add(order.job())) {
                town.finish(order, "job " + order.job(), Town.counts(80 + random.nextInt(20), 100));
                return;
            }
        }
        town.bus.ask(Kind.RETRAIN, Town.MAIL, 0, "{}");
    }

    /** Some versions are warm and some are not. */
    private static void report(Town town, RandomGenerator random) {
        List<Hosted> hosted = versions(town).stream()
                .filter(version -> random.nextBoolean())
                .map(version -> new Hosted(Town.MAIL, version.getInteger("version"), version.getString("sha256")))
                .toList();
        town.report(Town.NODE, 1, hosted);
    }

    private static void check(Town town, String when) {
        await(when).untilAsserted(() -> assertThat(town.folded()).isEqualTo(Town.withoutNodes(town.model())));
        List<String> stages = versions(town).stream()
                .map(version -> version.getString("stage"))
                .toList();
        assertThat(stages).as(when).containsOnlyOnce("CHAMPION");
        for (String stage : List.of("CANARY", "SHADOW", "STANDBY")) {
            assertThat(stages.stream().filter(stage::equals).count()).as(when).isLessThanOrEqualTo(1);
        }
        JsonObject model = town.model();
        JsonObject shares = model.getJsonObject("routing").getJsonObject("shares");
        assertThat(shares.stream()
                        .mapToDouble(share -> (double) share.getValue())
                        .sum())
                .as(when)
                .isEqualTo(1, within(1e-9));
        Set<Integer> servable = new HashSet<>();
        IntStream.range(0, stages.size())
                .filter(i -> List.of("CHAMPION", "CANARY", "STANDBY").contains(stages.get(i)))
                .forEach(i -> servable.add(i + 1));
        assertThat(shares.fieldNames().stream().map(Integer::valueOf)).as(when).isSubsetOf(servable);
    }

    private static List<JsonObject> versions(Town town) {
        JsonArray versions = town.model().getJsonArray("versions");
        return versions.stream().map(JsonObject.class::cast).toList();
    }
}
