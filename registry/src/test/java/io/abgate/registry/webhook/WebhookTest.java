package io.abgate.registry.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a real receiver that verifies by itself. */
final class WebhookTest {
    private static final String BODY = "{\"says\":\"schlechter als — früher\"}";
    private static final int ATTEMPTS = 4;
    /** Of an attempt, in ms: the second one is to be answered within it, on whatever machine. */
    private static final long TIMEOUT = 2_000;

    private final Vertx vertx = Vertx.vertx();
    private final WebhookCounts counts = new WebhookCounts();
    private Receiver receiver;

    @BeforeEach
    void open() {
        receiver = new Receiver(0);
    }

    @AfterEach
    void close() {
        receiver.close();
        vertx.close().await();
    }

    private Webhook webhook(WebhookTarget target) {
        return new Webhook(vertx, target, InstantSource.system(), counts);
    }

    private void send(WebhookTarget target) throws Exception {
        done(webhook(target).send("abgate_1", BODY, () -> true));
    }

    private static void done(Future<Void> sent) throws Exception {
        sent.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private void assertCounts(int delivered, int failed, int givenUp) {
        assertThat(counts.delivered()).isEqualTo(delivered);
        assertThat(counts.failedAttempts()).isEqualTo(failed);
        assertThat(counts.givenUp()).isEqualTo(givenUp);
    }

    @Test
    void sendsOnceWhatIsTakenSignedAndTimed() throws Exception {
        send(Receiver.target(receiver.port(), ATTEMPTS));
        assertThat(receiver.received).hasSize(1);
        Receiver.Received one = receiver.received.get(0);
        assertThat(one.id()).isEqualTo("abgate_1");
        assertThat(one.body()).isEqualTo(BODY);
        assertThat(one.isSignedWith(Receiver.SECRET)).isTrue();
        assertThat(one.isSignedWith("whsec_AAKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")).isFalse();
        assertThat(new Receiver.Received(one.id(), one.timestamp(), one.signature(), BODY + " ", 0)
                        .isSignedWith(Receiver.SECRET))
                .as("altered on its way")
                .isFalse();
        long seconds = System.currentTimeMillis() / 1_000;
        assertThat(Long.parseLong(one.timestamp())).isBetween(seconds - 60, seconds);
        assertCounts(1, 0, 0);
    }

    @Test
    void triesAgainWithTheSameIdWhileItIsNotTaken() throws Exception {
        receiver.answering(500, 302, 404);
        send(Receiver.target(receiver.port(), ATTEMPTS));
        assertThat(receiver.received).extracting(Receiver.Received::answered).containsExactly(500, 302, 404, 204);
        assertThat(receiver.received)
                .allMatch(one -> one.id().equals("abgate_1"))
                .allMatch(one -> one.isSignedWith(Receiver.SECRET));
        assertCounts(1, 3, 0);
    }

    @Test
    void triesAgainWhenNobodyAnswersInTime() throws Exception {
        receiver.hanging();
        send(new WebhookTarget(receiver.url(), List.of(WebhookSecret.parse(Receiver.SECRET)), TIMEOUT, ATTEMPTS, 20));
        assertThat(receiver.received).hasSize(2);
        assertCounts(1, 1, 0);
    }

    @Test
    void triesAgainAfterARefusedConnection() throws Exception {
        int port = freePort();
        Future<Void> sent = webhook(Receiver.target(port, 1_000)).send("abgate_1", BODY, () -> true);
        await().until(() -> counts.failedAttempts() >= 2);
        try (Receiver late = new Receiver(port)) {
            done(sent);
            assertThat(late.received).hasSize(1);
        }
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void givesUpAfterSoManyAttempts() throws Exception {
        receiver.answering(500, 500, 500, 500, 500);
        send(Receiver.target(receiver.port(), ATTEMPTS));
        assertThat(receiver.received).hasSize(ATTEMPTS);
        assertCounts(0, ATTEMPTS, 1);
    }

    @Test
    void givesUpAtOnceWhenTheReceiverIsGoneForGood() throws Exception {
        receiver.answering(410);
        send(Receiver.target(receiver.port(), ATTEMPTS));
        assertThat(receiver.received).hasSize(1);
        assertCounts(0, 1, 1);
    }

    @Test
    void signsWithEachSecretWhileOneTakesThePlaceOfAnother() throws Exception {
        String other = "whsec_AAKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        send(new WebhookTarget(
                receiver.url(),
                List.of(WebhookSecret.parse(Receiver.SECRET), WebhookSecret.parse(other)),
                2_000,
                1,
                20));
        assertThat(receiver.received.get(0).isSignedWith(Receiver.SECRET)).isTrue();
        assertThat(receiver.received.get(0).isSignedWith(other)).isTrue();
    }

    @Test
    void sendsNothingThatIsNoLongerOursToSend() {
        Future<Void> sent = webhook(Receiver.target(receiver.port(), ATTEMPTS)).send("abgate_1", BODY, () -> false);
        assertThat(sent.failed()).isTrue();
        assertThat(receiver.received).isEmpty();
        assertCounts(0, 0, 0);
    }

    @Test
    void refusesATargetThatCannotBeReachedByHttp() {
        assertThatThrownBy(() -> new WebhookTarget(
                        java.net.URI.create("ftp://host/secret"),
                        List.of(WebhookSecret.parse(Receiver.SECRET)),
                        1,
                        1,
                        1))
                .hasMessage("alerts.webhook.url: ftp://host (expected: http:// or https:// with a host)");
    }
}
