package io.abgate.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.abgate.registry.contract.Addresses;
import io.abgate.registry.contract.Codecs;
import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.PredictReply;
import io.abgate.registry.contract.PredictRequest;
import io.abgate.registry.domain.Tensor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A model that takes 20 ms for a row, by a clock that only it and the test turn. */
@ExtendWith(VertxExtension.class)
class LateAnswersTest {
    private static final Tensor TEXT = Tensor.ofStrings("text", List.of(1L), new String[] {"hello"});
    private static final int ROW_MILLIS = 20;
    private static final int WITHIN_MILLIS = 250;
    private static final int PLENTY = 1_000_000;

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5_000_000_000L); // such clocks may overflow
    private final Semaphore mayAnswer = new Semaphore(PLENTY);
    private final AtomicInteger computing = new AtomicInteger();
    private final AtomicInteger computed = new AtomicInteger();
    private final Model model = StubModel.ofText(List.of("ham"), this::predict);
    private Vertx vertx;

    private PredictReply predict(Tensor input) {
        computing.incrementAndGet();
        mayAnswer.acquireUninterruptibly();
        turn(ROW_MILLIS);
        computed.incrementAndGet();
        return new PredictReply(List.of("ham"), new int[1], new double[] {1}, new double[][] {{1}});
    }

    private void turn(int millis) {
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    @BeforeEach
    void deploy(Vertx vertx) throws TimeoutException {
        this.vertx = vertx;
        Codecs.register(vertx.eventBus());
        vertx.deployVerticle(new ModelVerticle("mail", 3, model, "here", new HostedModels(), nanos::get))
                .await(10, TimeUnit.SECONDS);
        mayAnswer.drainPermits();
        computing.set(0);
        computed.set(0);
    }

    private Future<Message<PredictReply>> ask(int withinMillis) {
        return vertx.eventBus()
                .request(Addresses.replica("mail", 3, model.sha256(), "here"), new PredictRequest(TEXT, withinMillis));
    }

    private List<Future<Message<PredictReply>>> ask(int requests, int withinMillis) {
        return IntStream.range(0, requests).mapToObj(i -> ask(withinMillis)).toList();
    }

    private static Stream<Throwable> failures(List<Future<Message<PredictReply>>> asked) {
        return asked.stream().filter(Future::failed).map(Future::cause);
    }

    @Test
    void whatCannotBeAnsweredInTimeIsRefusedBeforeAnythingIsAnswered() {
        List<Future<Message<PredictReply>>> asked = ask(40, WITHIN_MILLIS);

        await().until(() -> failures(asked).count() == 28);
        assertThat(failures(asked).map(Failure::of)).containsOnly(Failure.BUSY);
        assertThat(computed).hasValue(0);

        mayAnswer.release(PLENTY);
        await().until(() -> asked.stream().allMatch(Future::isComplete));
        assertThat(asked.stream().filter(Future::succeeded)).hasSize(WITHIN_MILLIS / ROW_MILLIS);
        assertThat(computed).hasValue(WITHIN_MILLIS / ROW_MILLIS);
    }

    @Test
    void nothingIsComputedForThoseWhoHaveGivenUp() {
        Future<Message<PredictReply>> first = ask(WITHIN_MILLIS);
        await().until(() -> computing.get() == 1);
        List<Future<Message<PredictReply>>> behind = List.of(ask(60), ask(61));
        Future<Message<PredictReply>> refused = ask(60);
        await().until(refused::failed); // so those before it have arrived

        turn(60 - ROW_MILLIS); // and as much again when the first is answered
        mayAnswer.release(PLENTY);
        await().until(() -> behind.stream().allMatch(Future::isComplete));

        assertThat(first.succeeded()).isTrue();
        assertThat(behind.get(0).failed()).isTrue();
        assertThat(Failure.of(behind.get(0).cause())).isEqualTo(Failure.BUSY);
        assertThat(behind.get(1).succeeded()).isTrue();
        assertThat(computed).hasValue(2);
    }
}
