package io.abgate.gateway.http;

import io.abgate.registry.domain.Check;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Inflates bodies, never to more than a bound. */
final class Gzip {
    static final String EXPECTED = "gzip, or none";

    private Gzip() {}

    /** The inflated body would be over the bound. */
    static final class TooLargeException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLargeException(String message) {
            super(message);
        }
    }

    static boolean isTaken(@Nullable String encoding) {
        return encoding == null || encoding.equalsIgnoreCase("gzip");
    }

    static byte[] inflate(byte[] zipped, int limitBytes) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped))) {
            byte[] inflated = in.readNBytes(limitBytes + 1);
            if (inflated.length > limitBytes) {
                String came = "more than " + limitBytes + " bytes inflated";
                throw new TooLargeException(Check.message("body", came, "at most " + limitBytes + " bytes"));
            }
            return inflated;
        } catch (IOException e) {
            throw new IllegalArgumentException(Check.message("body", "broken gzip", "gzip, as its encoding says"), e);
        }
    }
}
