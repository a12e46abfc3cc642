package io.abgate.model.routing;

import static io.abgate.model.routing.Sealing.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.contract.RouteTables;
import io.abgate.registry.contract.StoreBinding;
import io.abgate.registry.keys.KeyRing;
import io.abgate.registry.keys.TokenKeys;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RouteBookTest {
    private final AtomicLong nanos = new AtomicLong();
    private final StoreBinding binding = new StoreBinding();
    private final RouteBook book = new RouteBook(Sealing.KEYS, binding, nanos::get);
    private final AtomicInteger changes = new AtomicInteger();

    @Test
    void takesNewerTablesAndIgnoresOlderOnes() {
        book.onChange(changes::incrementAndGet);
        assertThat(book.offer(Sealing.of("store", table("mail", 6), table("digits", 1))))
                .isTrue();
        assertThat(book.offer(Sealing.of("store", table("mail", 5)))).isFalse();
        assertThat(book.offer(Sealing.of("store"))).isFalse();
        assertThat(known("mail").table()).isEqualTo(table("mail", 6));
        assertThat(book.offer(Sealing.of("store", table("mail", 7)))).isTrue();
        assertThat(known("mail").table().epoch()).isEqualTo(7);
        assertThat(changes).hasValue(2);
    }

    @Test
    void refusesWhatNoKeyOfThisInstallationSealed() {
        RouteTables genuine = Sealing.of("store", table("mail", 6));
        for (RouteTables forged : List.of(
                genuine.sealed(""),
                genuine.sealed("1:00"),
                Sealing.of("store", table("mail", 7)).sealed(genuine.seal()),
                Sealing.of("other", table("mail", 6)).sealed(genuine.seal()),
                Sealing.by(KeyRing.of(TokenKeys.random()), "store", table("mail", 6)))) {
            assertThat(book.offer(forged)).isFalse();
        }
        assertThat(book.tables()).isEmpty();
        assertThat(book.refused()).isEqualTo(5);
        assertThat(binding.storeId()).isEmpty();
    }

    @Test
    void refusesTablesOfAnotherStoreThanTheFirst() {
        book.offer(Sealing.of("store", table("mail", 6)));
        assertThat(book.offer(Sealing.of("other", table("mail", 7)))).isFalse();
        assertThat(known("mail").table().epoch()).isEqualTo(6);
        assertThat(book.refused()).isEqualTo(1);
    }

    @Test
    void whatIsRecalledIsStaleUntilARegistryConfirmsIt() {
        book.onChange(changes::incrementAndGet);
        book.recall(List.of(new RouteCopy.Saved(table("mail", 6), 1_000)), 91_000);
        assertThat(known("mail").stale()).isTrue();
        assertThat(book.ageSeconds(known("mail"))).isEqualTo(90);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(10));
        assertThat(book.ageSeconds(known("mail"))).isEqualTo(100);

        book.offer(Sealing.of("store", table("digits", 9)));
        book.offer(Sealing.of("store", table("mail", 5)));
        assertThat(known("mail").stale()).as("an older table confirms nothing").isTrue();
        assertThat(book.offer(Sealing.of("store", table("mail", 6)))).isTrue();
        assertThat(known("mail").stale()).isFalse();
        assertThat(book.ageSeconds(known("mail"))).isZero();
        assertThat(changes).hasValue(3);
    }

    @Test
    void whatARegistrySaidIsNotReplacedByACopy() {
        book.offer(Sealing.of("store", table("mail", 6)));
        book.recall(List.of(new RouteCopy.Saved(table("mail", 9), 0)), 0);
        assertThat(known("mail").table().epoch()).isEqualTo(6);
        assertThat(known("mail").stale()).isFalse();
    }

    @Test
    void aConfirmationMakesATableYoungAgain() {
        book.offer(Sealing.of("store", table("mail", 6)));
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(30));
        assertThat(book.toSave(100_000)).containsExactly(new RouteCopy.Saved(table("mail", 6), 70_000));
        assertThat(book.offer(Sealing.of("store", table("mail", 6)))).isFalse();
        assertThat(book.toSave(100_000)).containsExactly(new RouteCopy.Saved(table("mail", 6), 100_000));
    }

    private KnownTable known(String model) {
        return book.find(model).orElseThrow();
    }
}
