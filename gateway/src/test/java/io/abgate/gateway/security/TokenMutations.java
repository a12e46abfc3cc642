package io.abgate.gateway.security;

import io.abgate.registry.domain.PredictionId;
import io.abgate.registry.keys.KeyRing;
import io.abgate.registry.keys.TokenKeys;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.SplittableRandom;

/** Tokens that are not the genuine one, of every kind that someone may try; the same ones for a seed. */
final class TokenMutations {
    private static final int BYTES = 66;
    private static final String NOT_ASCII = "äßÆ€漢\uD83D\uDE00\uD800\u0000\u2028";
    private static final String OTHER_ALPHABET = "+/= \t\r\n.,:;%&~\u007f";

    private final String good;
    private final byte[] bytes;
    private final SplittableRandom random;
    private final PredictionTokens sameKeyId;
    private final PredictionTokens otherKeyId;
    private int count;

    TokenMutations(String good, SplittableRandom random) {
        this.good = good;
        this.bytes = Base64.getUrlDecoder().decode(good);
        this.random = random;
        this.sameKeyId = foreign(Byte.toUnsignedInt(bytes[0]));
        this.otherKeyId = foreign(Byte.toUnsignedInt(bytes[0]) + 1);
    }

    /** Signs as another installation would. */
    private PredictionTokens foreign(int keyId) {
        byte[] secret = new byte[32];
        for (int i = 0; i < secret.length; i++) {
            secret[i] = (byte) random.nextInt();
        }
        return new PredictionTokens(KeyRing.of(TokenKeys.of(Map.of(keyId, secret))));
    }

    private String foreign() {
        return (random.nextBoolean() ? sameKeyId : otherKeyId).sign(id());
    }

    /** The next one, never the genuine token. */
    String next() {
        String mutated = good;
        while (mutated.equals(good)) {
            int turn = count++;
            mutated = mutation(turn % 9, turn / 9);
        }
        return mutated;
    }

    private String mutation(int kind, int turn) {
        return switch (kind) {
            case 0 -> flipped(turn % (BYTES * 8));
            case 1 -> good.substring(0, turn % good.length());
            case 2 -> good.substring(turn % good.length());
            case 3 -> good + randomBase64(1 + random.nextInt(20));
            case 4 -> with(OTHER_ALPHABET);
            case 5 -> with(NOT_ASCII);
            case 6 -> foreign();
            case 7 -> halves();
            default -> randomBase64(random.nextInt(4) == 0 ? random.nextInt(200) : BYTES);
        };
    }

    private String flipped(int bit) {
        byte[] changed = bytes.clone();
        changed[bit / 8] ^= (byte) (1 << (bit % 8));
        return encoded(changed);
    }

    /** A few characters replaced by others. */
    private String with(String characters) {
        StringBuilder changed = new StringBuilder(good);
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            changed.setCharAt(random.nextInt(changed.length()), characters.charAt(random.nextInt(characters.length())));
        }
        return changed.toString();
    }

    /** Its halves swapped, or one of it and one of a foreign token. */
    private String halves() {
        int middle = 1 + random.nextInt(good.length() - 1);
        String other = random.nextBoolean() ? good : foreign();
        return random.nextBoolean()
                ? good.substring(middle) + other.substring(0, middle)
                : good.substring(0, middle) + other.substring(middle);
    }

    private PredictionId id() {
        long any = random.nextLong();
        return new PredictionId(0, 0, 1, 1, 1, any, 0.5f, any, any, any & 0xFFFF_FFFFL, any);
    }

    private String randomBase64(int length) {
        byte[] any = new byte[length];
        for (int i = 0; i < length; i++) {
            any[i] = (byte) random.nextInt();
        }
        if (length > 0 && random.nextBoolean()) {
            any[0] = bytes[0]; // a key that is known
        }
        return encoded(any);
    }

    private static String encoded(byte[] any) {
        return new String(Base64.getUrlEncoder().withoutPadding().encode(any), StandardCharsets.US_ASCII);
    }
}
