package io.abgate.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.contract.Operation.Kind;
import io.abgate.registry.policy.Mail;
import io.abgate.registry.policy.StageChanged;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A random life of a model: whatever was decided by itself has a receipt, and each of them replays. */
final class RegistryReceiptHistoryTest {
    private static final int STEPS = 60;
    private static final Mail MAIL =
            Mail.SHIPPED.withoutDropRules().retrainingEvery(60).decidedAfter(5).guardedBy(.3);

    @TempDir
    private Path home;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void agreesWithEveryReceipt(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        try (Town town = new Town(home, MAIL).keepingStatesAfter(400).open()) {
            town.withChampion().worker.inspecting(Mail.LABELS);
            for (int step = 0; step < STEPS; step++) {
                step(town, random, step);
            }
            check(town);
            town.restart();
            check(town);
        }
    }

    private static void step(Town town, RandomGenerator random, int step) {
        JsonObject model = town.model();
        int champion = model.getInteger("champion");
        Integer canary = model.getInteger("canary");
        Integer shadow = model.getInteger("shadow");
        Integer standby = model.getInteger("standby");
        switch (random.nextInt(8)) {
            case 0 -> {
                if (canary == null) {
                    town.canary(town.register("artifact-" + step), .5);
                }
            }
            case 1 -> {
                if (shadow == null) {
                    town.promote(town.register("artifact-" + step), "shadow");
                    town.warmUp();
                }
            }
            case 2 -> town.operate(random.nextBoolean() ? Kind.PAUSE : Kind.RESUME, new JsonObject());
            case 3 -> {
                if (shadow != null) {
                    town.pairs(champion, shadow, 1 + random.nextInt(5), random.nextBoolean(), random.nextBoolean());
                }
            }
            default -> {
                town.label(champion, 1 + random.nextInt(9), random.nextInt(5) > 0);
                Integer other = canary == null ? standby : canary;
                if (other != null) {
                    town.label(other, 1 + random.nextInt(9), random.nextInt(4) == 0);
                }
            }
        }
    }

    private static void check(Town town) {
        List<JsonObject> events = town.operate(Kind.EVENTS, new JsonObject()).getJsonArray("events").stream()
                .map(JsonObject.class::cast)
                .toList();
        Set<Long> receipts = new HashSet<>();
        for (JsonObject event : events) {
            if (event.getString("type").equals("RECEIPT")) {
                receipts.add(event.getLong("seq"));
                JsonObject replay = new JsonObject(town.bus
                        .ask(Kind.REPLAY, "", event.getLong("seq"), "{}")
                        .body());
                assertThat(replay.getJsonArray("differences"))
                        .as(replay.encode())
                        .isEmpty();
            }
        }
        assertThat(receipts).hasSizeGreaterThan(2);
        assertThat(events.stream()
                        .filter(event -> event.getString("actor").equals("registry"))
                        .filter(RegistryReceiptHistoryTest::isActOfAVerdict))
                .allSatisfy(event -> assertThat(receipts)
                        .contains(event.getJsonObject("body").getLong("receipt", -1L)));
    }

    /** The first version is trained and becomes champion without a verdict. */
    private static boolean isActOfAVerdict(JsonObject event) {
        return switch (event.getString("type")) {
            case "PROMOTED" -> event.getJsonObject("body").getInteger("version") > 1;
            case "JOB_QUEUED" -> event.getJsonObject("body").getInteger("job") > 1;
            default ->
                List.of(StageChanged.Kind.ROLLED_BACK.name(), StageChanged.Kind.QUARANTINED.name(), "RETRAINING_HELD")
                        .contains(event.getString("type"));
        };
    }
}
