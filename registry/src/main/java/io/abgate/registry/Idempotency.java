package io.abgate.registry;

import io.abgate.registry.contract.Answer;
import io.abgate.registry.contract.Artifact;
import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.Operation;
import io.abgate.registry.domain.Check;
import io.abgate.registry.domain.Sha256;
import io.abgate.registry.store.AnsweredOperation;
import io.abgate.registry.store.Transaction;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that an operation with a key is done at most once: what is answered is written in the transaction of its
 * change, and found when the key comes again.
 */
final class Idempotency {
    private static final String NAME = "Idempotency-Key";
    private static final int MAX_LENGTH = 255;

    private final Books books;
    private final Map<String, String> underWay = new ConcurrentHashMap<>();

    Idempotency(Books books) {
        this.books = books;
    }

    /**
     * What was answered to an operation before, if it was done.
     *
     * @throws io.abgate.registry.contract.Refusal KEY_REUSED when its key came with another request, STILL_RUNNING when
     *     it is not done yet, INVALID when the key cannot be one
     */
    Optional<AnsweredOperation> answered(Operation operation) {
        String key = operation.idempotencyKey();
        if (key == null) {
            return Optional.empty();
        }
        check(key);
        String fingerprint = fingerprint(operation);
        String running = underWay.get(key);
        if (running != null) {
            refuseOther(fingerprint, running);
            throw Failure.STILL_RUNNING.because(NAME + ": its first request is not done yet (expected: patience)");
        }
        Optional<AnsweredOperation> known = books.store().answered(key);
        known.ifPresent(answer -> refuseOther(fingerprint, answer.fingerprint()));
        return known;
    }

    private static void check(String key) {
        boolean fits =
                !key.isEmpty() && key.length() <= MAX_LENGTH && key.chars().allMatch(c -> c > ' ' && c < 0x7f);
        if (!fits) {
            throw Failure.INVALID.because(Check.message(NAME, key, "1 to " + MAX_LENGTH + " visible ASCII characters"));
        }
    }

    private static void refuseOther(String fingerprint, String known) {
        if (!fingerprint.equals(known)) {
            throw Failure.KEY_REUSED.because(
                    NAME + ": came before with another request (expected: a key for this request alone)");
        }
    }

    /** An operation that takes a while has begun. */
    void begun(Operation operation) {
        Optional.ofNullable(operation.idempotencyKey()).ifPresent(key -> underWay.put(key, fingerprint(operation)));
    }

    /** An operation that was begun is done or has failed. Safe for all threads. */
    void ended(Operation operation) {
        Optional.ofNullable(operation.idempotencyKey()).ifPresent(underWay::remove);
    }

    /** Keeps an answer together with the change that it is about. */
    static void keep(Transaction transaction, Operation operation, int status, String body) {
        String key = operation.idempotencyKey();
        if (key != null) {
            transaction.answered(new AnsweredOperation(key, fingerprint(operation), status, body));
        }
    }

    /** Keeps the answer to an operation that changed nothing. */
    Answer keepAlone(Operation operation, int status, JsonObject body) {
        String text = body.encode();
        if (operation.idempotencyKey() != null) {
            books.write(transaction -> {
                keep(transaction, operation, status, text);
                return text;
            });
        }
        return new Answer(status, text);
    }

    private static String fingerprint(Operation operation) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream parts = new DataOutputStream(bytes)) {
            part(parts, operation.kind().name().getBytes(StandardCharsets.UTF_8));
            part(parts, operation.model().getBytes(StandardCharsets.UTF_8));
            parts.writeLong(operation.number());
            part(parts, operation.body().getBytes(StandardCharsets.UTF_8));
            part(parts, bytes(operation.artifact()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Sha256.of(bytes.toByteArray());
    }

    private static byte[] bytes(@Nullable Artifact artifact) {
        return artifact == null ? new byte[0] : artifact.bytes();
    }

    private static void part(DataOutputStream parts, byte[] bytes) throws IOException {
        parts.writeInt(bytes.length);
        parts.write(bytes);
    }
}
