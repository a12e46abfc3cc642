package io.abgate.gateway.security;

import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.Refusal;
import io.abgate.registry.domain.PredictionId;
import io.abgate.registry.keys.KeyRing;
import io.abgate.registry.keys.TokenKeys;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Turns prediction ids into signed tokens and back: 66 bytes, big-endian (key id 1, flags 1, model 2, assigned 2,
 * answered 2, value 8, confidence 4, epoch 8, key hash 8, time 6, nonce 8, HMAC-SHA-256 truncated to 16), as 88
 * URL-safe base64 characters without padding. Keeps a {@link Mac}, so it must not be shared between threads.
 */
public final class PredictionTokens {
    /** Characters of a token. */
    public static final int CHARACTERS = 88;

    private static final int BYTES = 66;
    private static final int MAC_BYTES = 16;
    private static final int SIGNED_BYTES = BYTES - MAC_BYTES;
    private static final int LARGEST_KEY_ID = 255;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final long TIME_MASK = 0xFFFF_FFFF_FFFFL;

    private final KeyRing keys;
    private final @Nullable Keyed[] macs = new Keyed[LARGEST_KEY_ID + 1];

    public PredictionTokens(KeyRing keys) {
        this.keys = keys;
    }

    @SuppressWarnings("ArrayRecordComponent") // the very array is what is compared
    private record Keyed(byte[] secret, Mac mac) {}

    /**
     * What a token turned out to be: an id, or a reason why there is none.
     *
     * @param isToken whether it has the form of one, whoever signed it
     */
    public record Verified(Optional<PredictionId> id, boolean isToken, String reason) {
        /** What is answered to whoever sent it: that no token is that, or that nobody here knows it. */
        public Refusal refusal() {
            return (isToken ? Failure.NOT_FOUND : Failure.INVALID).because(reason);
        }
    }

    /** The token of an id; signed with the key that signs now, whatever the id's {@code keyId}. */
    public String sign(PredictionId id) {
        byte[] token = new byte[BYTES];
        TokenKeys current = keys.current();
        int key = keys.signing(current);
        write(id, key, ByteBuffer.wrap(token));
        byte[] mac = mac(current, key, token).orElseThrow();
        System.arraycopy(mac, 0, token, SIGNED_BYTES, MAC_BYTES);
        return ENCODER.encodeToString(token);
    }

    /** The id that a token says, if one of the keys signed it. */
    public Verified verify(String token) {
        Optional<byte[]> bytes = decode(token);
        if (bytes.isEmpty()) {
            String reason = "prediction_id: not " + CHARACTERS + " URL-safe base64 characters";
            return new Verified(Optional.empty(), false, reason);
        }
        return verify(bytes.get());
    }

    private Verified verify(byte[] token) {
        Optional<byte[]> mac = mac(keys.current(), Byte.toUnsignedInt(token[0]), token);
        if (mac.isEmpty()) {
            return unknown("prediction_id: signed with a key that is not known here");
        }
        byte[] came = new byte[MAC_BYTES];
        System.arraycopy(token, SIGNED_BYTES, came, 0, MAC_BYTES);
        byte[] due = new byte[MAC_BYTES];
        System.arraycopy(mac.get(), 0, due, 0, MAC_BYTES);
        boolean genuine = MessageDigest.isEqual(due, came); // takes the same time wherever they differ
        return genuine
                ? new Verified(Optional.of(read(ByteBuffer.wrap(token))), true, "")
                : unknown("prediction_id: the signature does not match");
    }

    private static Verified unknown(String reason) {
        return new Verified(Optional.empty(), true, reason);
    }

    private static Optional<byte[]> decode(String token) {
        if (token.length() != CHARACTERS) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(token);
            return bytes.length == BYTES ? Optional.of(bytes) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static void write(PredictionId id, int key, ByteBuffer to) {
        to.put((byte) key).put((byte) id.flags());
        to.putShort((short) id.modelId());
        to.putShort((short) id.assigned()).putShort((short) id.answered());
        to.putLong(id.value()).putFloat(id.confidence());
        to.putLong(id.epoch()).putLong(id.keyHash());
        to.putShort((short) (id.timeMillis() >>> Integer.SIZE)).putInt((int) id.timeMillis());
        to.putLong(id.nonce());
    }

    private static PredictionId read(ByteBuffer from) {
        return new PredictionId(
                Byte.toUnsignedInt(from.get()),
                Byte.toUnsignedInt(from.get()),
                Short.toUnsignedInt(from.getShort()),
                Short.toUnsignedInt(from.getShort()),
                Short.toUnsignedInt(from.getShort()),
                from.getLong(),
                from.getFloat(),
                from.getLong(),
                from.getLong(),
                time(from),
                from.getLong());
    }

    private static long time(ByteBuffer from) {
        long high = from.getShort();
        return (high << Integer.SIZE | Integer.toUnsignedLong(from.getInt())) & TIME_MASK;
    }

    /** Full MAC of the signed part of a token, if the key is known. */
    private Optional<byte[]> mac(TokenKeys current, int keyId, byte[] token) {
        byte[] secret = current.find(keyId);
        if (secret == null) {
            return Optional.empty();
        }
        Keyed keyed = macs[keyId];
        if (keyed == null || keyed.secret() != secret) { // other bytes under the id since the keys were read again
            keyed = new Keyed(secret, newMac(secret));
            macs[keyId] = keyed;
        }
        keyed.mac().update(token, 0, SIGNED_BYTES);
        return Optional.of(keyed.mac().doFinal());
    }

    private static Mac newMac(byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
