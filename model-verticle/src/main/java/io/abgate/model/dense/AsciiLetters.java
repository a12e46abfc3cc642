package io.abgate.model.dense;

/**
 * Eight ASCII letters in a long, looked at together. No byte carries into the next: the largest, 127, and what is added
 * to it stay below 256.
 */
final class AsciiLetters {
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;
    private static final int TO_BIT_OF_CASE = 2; // from 0x80 to 0x20

    private AsciiLetters() {}

    /** The same with A to Z in lower case. */
    static long lowerCase(long letters) {
        return letters | (from(letters, 'A') & ~from(letters, 'Z' + 1)) >>> TO_BIT_OF_CASE;
    }

    /** The high bit of every byte that is a space or below. */
    static long upToSpace(long letters) {
        return ~from(letters, ' ' + 1) & HIGH;
    }

    /** The high bit of every byte that is at least this. */
    private static long from(long letters, int least) {
        return (letters + (0x80 - least) * ONES) & HIGH;
    }
}
