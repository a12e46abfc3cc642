package io.abgate.registry.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals texts with the keys of an installation: {@code keyId:hmac}, HMAC-SHA-256 in lower-case hexadecimal over a
 * purpose, a zero byte and the text, so that a seal of one purpose is worth nothing for another.
 */
public final class Seal {
    private static final String ALGORITHM = "HmacSHA256";

    private final KeyRing keys;
    private final String purpose;

    /**
     * @param purpose what the texts are, for example {@code route-tables}
     */
    public Seal(KeyRing keys, String purpose) {
        this.keys = keys;
        this.purpose = purpose;
    }

    /** The seal of a text, by the key that signs now. */
    public String of(String text) {
        TokenKeys current = keys.current();
        int id = keys.signing(current);
        byte[] key = current.find(id);
        if (key == null) {
            throw new IllegalStateException("the key that signs is always there");
        }
        return id + ":" + mac(key, text);
    }

    /** Whether one of the keys made this seal of this text. */
    public boolean holds(String text, String seal) {
        int colon = seal.indexOf(':');
        if (colon < 1) {
            return false;
        }
        try {
            byte[] key = keys.current().find(Integer.parseInt(seal.substring(0, colon)));
            byte[] came = seal.substring(colon + 1).getBytes(UTF_8);
            return key != null && MessageDigest.isEqual(mac(key, text).getBytes(UTF_8), came);
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private String mac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            mac.update(purpose.getBytes(UTF_8));
            mac.update((byte) 0);
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
