package io.abgate.model.dense;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AsciiLettersTest {
    /** A letter at a place, between neighbours that could carry or borrow. */
    private static long at(int place, int letter, int neighbour) {
        long letters = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            letters |= (long) (i == place ? letter : neighbour) << (8 * i);
        }
        return letters;
    }

    @Test
    void everyLetterAtEveryPlaceIsSeenAloneWhateverIsBesideIt() {
        for (int letter = 0; letter < 128; letter++) {
            for (int place = 0; place < Long.BYTES; place++) {
                for (int neighbour : new int[] {0, ' ', '!', '@', 'A', 'Z', '[', 'a', 127}) {
                    long letters = at(place, letter, neighbour);
                    int lower = Character.toLowerCase(letter);
                    assertThat(AsciiLetters.lowerCase(letters))
                            .isEqualTo(at(place, lower, Character.toLowerCase(neighbour)));
                    assertThat(AsciiLetters.upToSpace(letters))
                            .isEqualTo(at(place, letter <= ' ' ? 0x80 : 0, neighbour <= ' ' ? 0x80 : 0));
                }
            }
        }
    }
}
