package io.abgate.model;

import io.abgate.registry.contract.Addresses;
import io.abgate.registry.contract.Artifact;
import io.abgate.registry.contract.ArtifactRequest;
import io.abgate.registry.contract.StoreBinding;
import io.abgate.registry.domain.Check;
import io.abgate.registry.domain.Sha256;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;

/** Fetches artifacts by their SHA-256, from the disk of this node or else from the registry, verifies and reads them. */
final class ArtifactLoader {
    private static final long TIMEOUT_MILLIS = 10_000;

    private final Vertx vertx;
    private final ModelFormats formats;
    private final ArtifactCache cache;
    private final StoreBinding binding;

    ArtifactLoader(Vertx vertx, ModelFormats formats, ArtifactCache cache, StoreBinding binding) {
        this.vertx = vertx;
        this.formats = formats;
        this.cache = cache;
        this.binding = binding;
    }

    Future<Model> load(String sha256) {
        return vertx.executeBlocking(() -> cache.find(sha256).map(bytes -> read(bytes, sha256)), false)
                .compose(cached -> cached.map(Future::succeededFuture).orElseGet(() -> fetch(sha256)));
    }

    private Future<Model> fetch(String sha256) {
        return vertx.eventBus()
                .<Artifact>request(Addresses.ARTIFACT, new ArtifactRequest(sha256), binding.within(TIMEOUT_MILLIS))
                .map(Message::body)
                .compose(artifact -> vertx.executeBlocking(() -> take(artifact.bytes(), sha256), false));
    }

    private Model take(byte[] bytes, String sha256) {
        Model model = read(bytes, sha256);
        cache.keep(sha256, bytes);
        return model;
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
