package io.abgate.gateway.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.gateway.traffic.KeySet.Added;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class KeySetTest {
    @Test
    void knowsWhatItHasSeen() {
        KeySet keys = new KeySet(4);
        assertThat(keys.add(7)).isEqualTo(Added.FIRST);
        assertThat(keys.add(7)).isEqualTo(Added.KNOWN);
        assertThat(keys.add(0)).as("the hash that marks an empty place").isEqualTo(Added.FIRST);
        assertThat(keys.add(0)).isEqualTo(Added.KNOWN);
        assertThat(keys.add(15)).as("falls on the place of another").isEqualTo(Added.FIRST);
        assertThat(keys.add(-1)).isEqualTo(Added.FIRST);
        assertThat(keys.add(8)).isEqualTo(Added.FULL);
        assertThat(keys.add(8)).isEqualTo(Added.FULL);
        assertThat(keys.add(15)).isEqualTo(Added.KNOWN);
    }

    @Test
    void letsOneOfSeveralThreadsBeFirst() throws Exception {
        KeySet keys = new KeySet(1 << 14);
        int threads = 4;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<Integer>> work = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                work.add(() -> firsts(keys));
            }
            int firsts = 0;
            for (Future<Integer> done : pool.invokeAll(work)) {
                firsts += done.get();
            }
            assertThat(firsts).isEqualTo(10_000);
        } finally {
            pool.shutdownNow();
        }
    }

    private static int firsts(KeySet keys) {
        int firsts = 0;
        for (int key = 1; key <= 10_000; key++) {
            firsts += keys.add(key * 0x9E3779B97F4A7C15L) == Added.FIRST ? 1 : 0;
        }
        return firsts;
    }
}
