package io.abgate.registry.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class SealTest {
    private final KeyRing keys = KeyRing.of(TokenKeys.random());
    private final Seal seal = new Seal(keys, "purpose");

    @Test
    void holdsForItsTextItsPurposeAndItsKeysOnly() {
        String made = seal.of("text");
        assertThat(seal.holds("text", made)).isTrue();
        assertThat(seal.holds("texts", made)).isFalse();
        assertThat(new Seal(keys, "other").holds("text", made)).isFalse();
        assertThat(new Seal(KeyRing.of(TokenKeys.random()), "purpose").holds("text", made))
                .isFalse();
    }

    @Test
    void holdsInOneSpellingOnly() {
        String made = seal.of("text");
        for (String other : new String[] {
            "",
            ":",
            made.substring(2),
            made.toUpperCase(Locale.ROOT),
            made + "0",
            made.substring(0, 40),
            "x" + made,
            "1:"
        }) {
            assertThat(seal.holds("text", other)).as(other).isFalse();
        }
    }
}
