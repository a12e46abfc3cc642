package io.abgate.model;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One version on this node, from the first attempt to load it until it is gone. What cannot be loaded is tried again,
 * and told once for each cause.
 */
final class HostedVersion {
    private static final Logger LOG = LoggerFactory.getLogger(HostedVersion.class);

    private final Vertx vertx;
    private final VersionKey key;
    private final Hosting.Settings settings;
    private final Runnable changed;
    private boolean wanted = true;
    private boolean gone;
    private int failures;
    private String cause = "";
    private @Nullable String deployment;

    HostedVersion(Vertx vertx, VersionKey key, Hosting.Settings settings, Runnable changed) {
        this.vertx = vertx;
        this.key = key;
        this.settings = settings;
        this.changed = changed;
    }

    /** Whether nothing of it is left. */
    boolean isGone() {
        return gone;
    }

    /** Fetches the artifact and deploys it; to be called once. */
    void load() {
        Hosting.Artifacts artifacts = settings.artifacts();
        new ArtifactLoader(vertx, artifacts.formats(), artifacts.cache(), artifacts.binding())
                .load(key.sha256())
                .compose(this::deploy)
                .onSuccess(this::serves)
                .onFailure(this::failed);
    }

    private Future<String> deploy(Model model) {
        ModelVerticle verticle =
                new ModelVerticle(key.model(), key.version(), model, settings.node(), settings.hosted());
        return vertx.deployVerticle(verticle);
    }

    private void serves(String deploymentId) {
        deployment = deploymentId;
        LOG.info("{} is warm", key);
        changed.run();
        if (!wanted) {
            leave();
        }
    }

    private void failed(Throwable failure) {
        String message = reason(failure);
        if (!message.equals(cause)) {
            LOG.warn("{} cannot be loaded, will be tried again: {}", key, message);
        }
        cause = message;
        failures++;
        vertx.setTimer(settings.retry().millis(failures), timer -> retry());
    }

    private static String reason(Throwable failure) {
        boolean isSilence =
                failure instanceof ReplyException reply && reply.failureType() != ReplyFailure.RECIPIENT_FAILURE;
        // the message of a timeout names an address of its own each time
        return isSilence ? "no registry answers" : String.valueOf(failure.getMessage());
    }

    private void retry() {
        if (wanted) {
            load();
        } else {
            end();
        }
    }

    /** Says whether a route table still names it. */
    void want(boolean now) {
        boolean before = wanted;
        wanted = now;
        if (before && !now && deployment != null) {
            leave();
        }
    }

    /** Lets requests in flight end, then undeploys. */
    private void leave() {
        vertx.setTimer(settings.graceMillis(), timer -> undeploy());
    }

    private void undeploy() {
        if (!wanted && deployment != null) {
            String leaving = deployment;
            deployment = null; // a second timer finds nothing to do
            vertx.undeploy(leaving).onComplete(undeployed -> end());
        }
    }

    private void end() {
        gone = true;
        LOG.info("{} is no longer hosted", key);
        changed.run();
    }
}
