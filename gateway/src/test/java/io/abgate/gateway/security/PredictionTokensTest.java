package io.abgate.gateway.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.domain.PredictionId;
import io.abgate.registry.keys.KeyRing;
import io.abgate.registry.keys.TokenKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.SplittableRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictionTokensTest {
    private static final byte[] KEY = new byte[32];
    private static final PredictionId ID = new PredictionId(
            7,
            PredictionId.FALLBACK | PredictionId.SAMPLED,
            65_535,
            40_000,
            2,
            -3L,
            0.75f,
            123_456_789_012L,
            -1L,
            0xFEDC_BA98_7654L,
            Long.MIN_VALUE);

    @TempDir
    Path home;

    private final PredictionTokens tokens = new PredictionTokens(KeyRing.of(TokenKeys.of(Map.of(7, KEY))));

    @Test
    void saysAfterwardsWhatWasSigned() {
        assertThat(tokens.verify(tokens.sign(ID)).id()).contains(ID);
    }

    @Test
    void hasTheLayoutOfTheDesign() throws Exception {
        byte[] signed = HexFormat.of()
                .parseHex("07" + "06" + "ffff" + "9c40" + "0002" + "fffffffffffffffd" + "3f400000" + "0000001cbe991a14"
                        + "ffffffffffffffff" + "fedcba987654" + "8000000000000000");
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
        byte[] token = Arrays.copyOf(signed, 66);
        System.arraycopy(mac.doFinal(signed), 0, token, 50, 16);

        assertThat(tokens.sign(ID)).hasSize(88).isEqualTo(Base64.getUrlEncoder().encodeToString(token));
    }

    @Test
    void refusesAHundredThousandMutations() {
        TokenMutations mutations = new TokenMutations(tokens.sign(ID), new SplittableRandom(1));
        for (int i = 0; i < 100_000; i++) {
            String mutated = mutations.next();
            PredictionTokens.Verified verified = tokens.verify(mutated);
            assertThat(verified.id()).as(mutated).isEmpty();
            assertThat(verified.reason()).as(mutated).startsWith("prediction_id: ");
        }
        assertThat(tokens.verify(tokens.sign(ID)).id()).as("after all that").contains(ID);
    }

    @Test
    void refusesEveryFlippedBit() {
        byte[] good = Base64.getUrlDecoder().decode(tokens.sign(ID));
        for (int bit = 0; bit < good.length * 8; bit++) {
            byte[] flipped = good.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            String token = Base64.getUrlEncoder().withoutPadding().encodeToString(flipped);
            assertThat(tokens.verify(token).id()).isEmpty();
        }
    }

    @Test
    void refusesAnotherStoresToken() {
        byte[] other = new byte[32];
        other[31] = 1;
        String foreign = new PredictionTokens(KeyRing.of(TokenKeys.of(Map.of(7, other)))).sign(ID);
        assertThat(tokens.verify(foreign).reason()).isEqualTo("prediction_id: the signature does not match");
    }

    @Test
    void refusesWhatIsNoToken() {
        String good = tokens.sign(ID);
        for (String token : new String[] {"", "x", good.substring(1), good + "A", "=".repeat(88), "ä".repeat(88)}) {
            assertThat(tokens.verify(token).id()).as(token).isEmpty();
        }
    }

    @Test
    void verifiesWithOldKeysAndSignsWithTheNewest() {
        byte[] newKey = new byte[32];
        newKey[0] = 9;
        PredictionTokens rotated = new PredictionTokens(KeyRing.of(TokenKeys.of(Map.of(7, KEY, 8, newKey))));

        assertThat(rotated.verify(tokens.sign(ID)).id()).contains(ID);
        assertThat(rotated.verify(rotated.sign(ID)).id().orElseThrow().keyId()).isEqualTo(8);
        assertThat(tokens.verify(rotated.sign(ID)).reason()).contains("key that is not known");
    }

    @Test
    void aKeyIdWhoseBytesChangedVerifiesByTheNewBytesOnly() throws IOException {
        TokenKeys.createIfAbsent(home);
        KeyRing ring = KeyRing.open(home, InstantSource.system());
        PredictionTokens own = new PredictionTokens(ring);
        String before = own.sign(ID);
        assertThat(own.verify(before).id()).isPresent();

        Files.delete(home.resolve(TokenKeys.FILE));
        TokenKeys.createIfAbsent(home);
        ring.refresh();
        assertThat(own.verify(before).reason()).isEqualTo("prediction_id: the signature does not match");
        assertThat(own.verify(own.sign(ID)).id()).isPresent();
    }

    @Test
    void rotationChangesWhoSignsWhileTheOldKeyGoesOnVerifying() {
        TokenKeys.createIfAbsent(home);
        KeyRing ring = KeyRing.open(home, InstantSource.system());
        PredictionTokens own = new PredictionTokens(ring);
        PredictionTokens other = new PredictionTokens(KeyRing.open(home, InstantSource.system()));
        String before = own.sign(ID);

        TokenKeys.rotate(home, Instant.EPOCH);
        ring.refresh();
        String after = own.sign(ID);
        assertThat(own.verify(after).id().orElseThrow().keyId()).isEqualTo(2);
        assertThat(own.verify(before).id().orElseThrow().keyId()).isEqualTo(1);
        assertThat(own.verify(other.sign(ID)).id())
                .as("of a process that has not read it yet")
                .isPresent();
    }
}
