package io.abgate.model;

import io.abgate.registry.contract.Addresses;
import io.abgate.registry.contract.Artifact;
import io.abgate.registry.contract.ArtifactRequest;
import io.abgate.registry.domain.Check;
import io.abgate.registry.domain.Sha256;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;

/** Fetches artifacts from the registry by their SHA-256, verifies and reads them. */
final class ArtifactLoader {
    private static final DeliveryOptions TIMEOUT = new DeliveryOptions().setSendTimeout(10_000);

    private final Vertx vertx;
    private final ModelFormats formats;

    ArtifactLoader(Vertx vertx, ModelFormats formats) {
        this.vertx = vertx;
        this.formats = formats;
    }

    Future<Model> load(String sha256) {
        return vertx.eventBus()
                .<Artifact>request(Addresses.ARTIFACT, new ArtifactRequest(sha256), TIMEOUT)
                .map(Message::body)
                .compose(artifact -> vertx.executeBlocking(() -> read(artifact.bytes(), sha256), false));
    }

    private Model read(byte[] bytes, String sha256) {
        String came = Sha256.of(bytes);
        Check.that(came.equals(sha256), "sha256 of artifact", came, sha256);
        Model model = formats.read(bytes);
        // what this node reports must be what the route table names
        Check.that(model.sha256().equals(sha256), "sha256 of canonical printing", model.sha256(), sha256);
        return model;
    }
}
