package io.abgate.registry.domain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.openhft.hashing.LongHashFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class XxHash64Test {
    @ParameterizedTest
    @CsvSource({
        "'', ef46db3751d8e999",
        "a, d24ec4f1a98c6e5b",
        "abc, 44bc2cf5ad770999",
        "Nobody inspects the spammish repetition, fbcea83c8a378bf1"
    })
    void agreesWithThePublishedVectors(String text, String hash) {
        assertThat(Long.toHexString(XxHash64.hash(text.getBytes(UTF_8), 0))).isEqualTo(hash);
    }

    @ParameterizedTest
    @CsvSource({"the, 806", "free, 147", "money, 1010"})
    void putsWordsIntoTheSlotsThatEncodersRelyOn(String word, long slot) {
        assertThat(Long.remainderUnsigned(XxHash64.hash(word.getBytes(UTF_8), 0), 1024))
                .isEqualTo(slot);
    }

    @Test
    void agreesWithAnotherImplementationOnRandomBytesAndSeeds() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[i % 201];
            random.nextBytes(bytes);
            long seed = random.nextLong();
            assertThat(XxHash64.hash(bytes, seed))
                    .as("%d bytes, seed %d", bytes.length, seed)
                    .isEqualTo(LongHashFunction.xx(seed).hashBytes(bytes));
        }
    }

    @Test
    void partOfAnArrayHashesAsIfItStoodAlone() {
        SplittableRandom random = new SplittableRandom(2);
        byte[] bytes = new byte[300];
        random.nextBytes(bytes);
        for (int i = 0; i < 5_000; i++) {
            int from = random.nextInt(100);
            int to = from + random.nextInt(201);
            assertThat(XxHash64.hash(bytes, from, to, 7))
                    .as("%d to %d", from, to)
                    .isEqualTo(XxHash64.hash(Arrays.copyOfRange(bytes, from, to), 7));
        }
    }
}
