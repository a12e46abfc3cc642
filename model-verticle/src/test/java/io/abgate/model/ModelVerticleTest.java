package io.abgate.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.abgate.registry.contract.Addresses;
import io.abgate.registry.contract.Codecs;
import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.NodeReport.Hosted;
import io.abgate.registry.contract.PredictReply;
import io.abgate.registry.contract.PredictRequest;
import io.abgate.registry.domain.Datatype;
import io.abgate.registry.domain.Tensor;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class ModelVerticleTest {
    private static final Tensor TEXT = Tensor.ofStrings("text", List.of(2L), new String[] {"free money", "hello"});

    private final HostedModels hosted = new HostedModels();
    private final Model model = SmallModels.text(1);
    private Vertx vertx;
    private String deployment;

    @BeforeEach
    void deploy(Vertx vertx) throws TimeoutException {
        this.vertx = vertx;
        Codecs.register(vertx.eventBus());
        deployment = vertx.deployVerticle(new ModelVerticle("mail", 3, model, "here", hosted))
                .await(10, TimeUnit.SECONDS);
    }

    private PredictReply predict(Tensor input) throws TimeoutException {
        return vertx.eventBus()
                .<PredictReply>request(
                        Addresses.replica("mail", 3, model.sha256(), "here"), new PredictRequest(input, 10_000))
                .await(10, TimeUnit.SECONDS)
                .body();
    }

    @Test
    void answersAsTheModelDoes() throws TimeoutException {
        PredictReply expected = model.newRuntime().predict(TEXT);

        PredictReply reply = predict(TEXT);

        assertThat(reply.label()).isEqualTo(expected.label());
        assertThat(reply.probabilities()).isDeepEqualTo(expected.probabilities());
    }

    @Test
    void isHostedWhileItIsDeployed() throws TimeoutException {
        assertThat(hosted.list()).containsExactly(new Hosted("mail", 3, model.sha256()));
        assertThat(hosted.find("mail", 3).orElseThrow().rowNanos()).isBetween(1L, 10_000_000L);

        vertx.undeploy(deployment).await(10, TimeUnit.SECONDS);

        assertThat(hosted.list()).isEmpty();
        assertThat(Failure.of(catchThrowable(() -> predict(TEXT)))).isEqualTo(Failure.UNAVAILABLE);
    }

    @Test
    void refusesInputThatDoesNotFit() {
        Throwable refusal =
                catchThrowable(() -> predict(Tensor.ofNumbers("x", Datatype.FP32, List.of(1L), new double[1])));

        assertThat(Failure.of(refusal)).isEqualTo(Failure.INVALID);
        assertThat(refusal).hasMessage("x: FP32 (expected: BYTES)");
    }
}
