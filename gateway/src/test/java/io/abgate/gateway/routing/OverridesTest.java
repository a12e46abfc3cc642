package io.abgate.gateway.routing;

import static io.abgate.gateway.Models.table;
import static io.abgate.gateway.Models.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.abgate.gateway.FakeModel;
import io.abgate.gateway.Tables;
import io.abgate.model.HostedModels;
import io.abgate.model.routing.RouteBook;
import io.abgate.registry.contract.Failure;
import io.abgate.registry.domain.Route;
import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.domain.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverridesTest {
    private static final RouteTable TABLE =
            table(5, version(1, Stage.STANDBY, 0), version(2, Stage.CHAMPION, 0.5), version(3, Stage.CANARY, 0.5));
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    Path home;

    private final AtomicLong millis = new AtomicLong(1_000_000_000_000L);
    private final AtomicLong nanos = new AtomicLong();
    private final RouteBook book = Tables.book();
    private final Routes routes = new Routes(book);
    private final HostedModels hosted = new HostedModels();
    private Overrides overrides;

    @BeforeEach
    void serve() {
        book.offer(Tables.sealed(TABLE));
        hosted.add("mail", 1, new HostedModels.Entry(FakeModel.ofText("sha1"), 1));
        hosted.add("mail", 3, new HostedModels.Entry(FakeModel.ofText("sha3"), 1));
        overrides = restarted();
        overrides.recall();
    }

    @AfterEach
    void close() throws IOException {
        overrides.close();
    }

    @Test
    void oneVersionGetsAllUntilItsTimeIsUp() {
        Overriding begun = overrides.begin("mail", 3, HOUR, "the champion raves");
        assertThat(begun.until() - begun.from()).isEqualTo(HOUR.toMillis());
        assertThat(detour()).isEqualTo(new Detour(version(3, Stage.CANARY, 0.5), Route.OVERRIDE));

        pass(HOUR.minusMillis(1));
        assertThat(overrides.isDue()).isFalse();
        pass(Duration.ofMillis(1));
        assertThat(overrides.isDue()).isTrue();
        overrides.follow();
        assertThat(detour()).isNull();
        assertThat(overrides.running()).isEmpty();
        assertThat(overrides.untold().orElseThrow().ended()).isEqualTo(begun.until());
    }

    @Test
    void aClockThatIsSetBackDoesNotProlongIt() {
        overrides.begin("mail", 3, HOUR, "");
        millis.addAndGet(-Duration.ofDays(30).toMillis());
        nanos.addAndGet(HOUR.toNanos());
        assertThat(overrides.isDue()).isTrue();
    }

    @Test
    void aClockThatIsSetBackWhileItIsDownDoesNotProlongItEither() throws IOException {
        overrides.begin("mail", 3, HOUR, "");
        millis.addAndGet(-Duration.ofDays(30).toMillis());
        restart();
        assertThat(overrides.running()).hasSize(1);
        nanos.addAndGet(HOUR.toNanos());
        assertThat(overrides.isDue()).isTrue();
    }

    @Test
    void itGoesOnAfterARestartAndStillEndsInTime() throws IOException {
        Overriding begun = overrides.begin("mail", 3, HOUR, "the champion raves");
        millis.addAndGet(HOUR.toMillis() / 2);
        restart();
        assertThat(overrides.running()).containsExactly(begun);
        assertThat(detour()).isNotNull();
        millis.addAndGet(HOUR.toMillis() / 2);
        restart();
        assertThat(overrides.running()).isEmpty();
        assertThat(detour()).isNull();
    }

    @Test
    void anOperatorEndsIt() throws IOException {
        assertThat(overrides.end("mail")).isEmpty();
        Overriding begun = overrides.begin("mail", 3, HOUR, "");
        assertThat(overrides.end("mail")).contains(begun);
        assertThat(detour()).isNull();
        assertThat(overrides.end("mail")).isEmpty();
        restart();
        assertThat(overrides.running()).isEmpty();
    }

    @Test
    void anEndThatIsNotOnDiskIsNotSaidToBe() throws IOException {
        overrides.begin("mail", 3, HOUR, "");
        Path file = home.resolve(OverrideFile.FILE);
        Files.delete(file);
        Path stone = Files.createDirectories(file.resolve("stone"));
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> overrides.end("mail"))
                    .satisfies(refusal -> assertThat(Failure.of(refusal)).isEqualTo(Failure.UNAVAILABLE))
                    .hasMessageContaining("ended here, but not kept");
        }
        assertThat(detour()).as("in force at once").isNull();
        Files.delete(stone);
        Files.delete(file);
        assertThat(overrides.end("mail")).isPresent();
        restart();
        assertThat(overrides.running()).isEmpty();
    }

    @Test
    void whatKeptItFromItsFileAtTheStartMayBeOver() throws IOException {
        overrides.close();
        Path lock = home.resolve("overrides.lock");
        Files.delete(lock);
        Files.createDirectory(lock);
        Overrides late = restarted();
        late.recall();
        assertThatThrownBy(() -> late.begin("mail", 3, HOUR, ""))
                .satisfies(refusal -> assertThat(Failure.of(refusal)).isEqualTo(Failure.UNAVAILABLE));
        Files.delete(lock);
        assertThat(late.begin("mail", 3, HOUR, "").version()).isEqualTo(3);
        late.close();
    }

    @Test
    void aNewOneTakesThePlaceOfTheFormer() {
        overrides.begin("mail", 3, HOUR, "");
        Overriding second = overrides.begin("mail", 1, HOUR, "");
        assertThat(overrides.running()).containsExactly(second);
        assertThat(Objects.requireNonNull(detour()).version().version()).isEqualTo(1);
    }

    @Test
    void aTableWithoutTheVersionEndsIt() {
        overrides.begin("mail", 3, HOUR, "");
        book.offer(Tables.sealed(table(6, version(2, Stage.CHAMPION, 1))));
        assertThat(detour()).isNull();
        overrides.follow();
        book.offer(Tables.sealed(table(7, version(2, Stage.CHAMPION, 0.5), version(3, Stage.CANARY, 0.5))));
        assertThat(detour()).as("it does not come back").isNull();
    }

    @Test
    void whatCannotAnswerIsRefused() {
        assertThatThrownBy(() -> overrides.begin("nobody", 1, HOUR, "")).hasMessageStartingWith("model: nobody");
        assertThatThrownBy(() -> overrides.begin("mail", 4, HOUR, ""))
                .hasMessage("version: 4 (expected: one that is served, of [1, 2, 3])");
        assertThatThrownBy(() -> overrides.begin("mail", 2, HOUR, ""))
                .hasMessage("version: 2 (expected: one that answers on a node that this gateway reaches)");
    }

    @Test
    void ofTwoGatewaysInOneHomeOneOverrides() {
        overrides.begin("mail", 3, HOUR, "");
        Overrides second = restarted();
        second.recall();
        assertThat(second.running()).isEmpty();
        assertThatThrownBy(() -> second.begin("mail", 1, HOUR, ""))
                .hasMessageStartingWith("home: that of another gateway too");
    }

    @Test
    void aFileThatWasTamperedWithIsNotUsed() throws IOException {
        overrides.begin("mail", 3, HOUR, "");
        Path file = home.resolve(OverrideFile.FILE);
        Files.writeString(file, Files.readString(file).replace("\"version\":3", "\"version\":1"));
        restart();
        assertThat(overrides.running()).isEmpty();
    }

    @Test
    void eachIsToldOnceOfItsBeginningAndOnceOfItsEnd() throws IOException {
        Overriding begun = overrides.begin("mail", 3, HOUR, "");
        overrides.told(begun.id());
        assertThat(overrides.untold()).isEmpty();
        restart();
        assertThat(overrides.untold()).isEmpty();
        overrides.end("mail");
        assertThat(overrides.untold()).isPresent();
        overrides.told(begun.id());
        assertThat(overrides.untold()).isEmpty();
        assertThat(Files.readString(home.resolve(OverrideFile.FILE))).contains("{\"overrides\":[]}");
    }

    @Test
    void whatEndedBeforeAnyRegistryHeardIsToldTwiceInOrder() {
        Overriding begun = overrides.begin("mail", 3, HOUR, "");
        overrides.end("mail");
        assertThat(overrides.untold().orElseThrow().toldBegan()).isFalse();
        overrides.told(begun.id());
        assertThat(overrides.untold().orElseThrow().toldBegan()).isTrue();
        overrides.told(begun.id());
        assertThat(overrides.untold()).isEmpty();
    }

    private void pass(Duration time) {
        millis.addAndGet(time.toMillis());
        nanos.addAndGet(time.toNanos());
    }

    private void restart() throws IOException {
        overrides.close();
        overrides = restarted();
        overrides.recall();
    }

    private Overrides restarted() {
        OverrideFile file = new OverrideFile(home, Tables.KEYS);
        return new Overrides(
                routes,
                new Hosting(hosted, routes),
                file,
                "here",
                () -> Instant.ofEpochMilli(millis.get()),
                nanos::get);
    }

    private Detour detour() {
        return routes.inForce("mail").orElseThrow().detour();
    }
}
