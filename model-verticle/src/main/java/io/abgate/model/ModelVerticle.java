package io.abgate.model;

import io.abgate.registry.contract.Addresses;
import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.PredictRequest;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;

/**
 * One version in one process: warms it up, offers it to gateways of the same process, and answers those of other
 * processes. To be deployed as a worker, so that a slow model never blocks an event loop.
 */
public final class ModelVerticle extends VerticleBase {
    /** Requests that came over the bus and are not answered yet. */
    private static final int MOST_WAITING = 64;

    private final String name;
    private final int version;
    private final Model model;
    private final String node;
    private final HostedModels hosted;
    private final ModelRuntime runtime;
    private int waiting;

    /**
     * A version to host.
     *
     * @param name of the model
     * @param node name of this process
     * @param hosted where it is entered as soon as it is warm
     */
    public ModelVerticle(String name, int version, Model model, String node, HostedModels hosted) {
        this.name = name;
        this.version = version;
        this.model = model;
        this.node = node;
        this.hosted = hosted;
        runtime = model.newRuntime();
    }

    @Override
    public Future<?> start() {
        return vertx.executeBlocking(() -> new WarmUp(runtime, Probe.row(model.input()), System::nanoTime).rowNanos())
                .compose(this::listen);
    }

    private Future<Void> listen(long rowNanos) {
        return vertx.eventBus()
                .consumer(Addresses.replica(name, version, model.sha256(), node), this::answer)
                .completion()
                .onSuccess(listening -> hosted.add(name, version, new HostedModels.Entry(model, rowNanos)));
    }

    @Override
    public Future<?> stop() {
        hosted.remove(name, version, model);
        return Future.succeededFuture();
    }

    /** One after the other on a worker thread, as the runtime needs; more than can be waited for are refused. */
    private void answer(Message<PredictRequest> message) {
        if (waiting >= MOST_WAITING) {
            message.fail(Failure.UNAVAILABLE.code(), "too many requests wait for " + name + " version " + version);
            return;
        }
        waiting++;
        vertx.executeBlocking(() -> runtime.predict(message.body().input()))
                .onComplete(done -> waiting--)
                .onComplete(message::reply, failure -> refuse(message, failure));
    }

    private static void refuse(Message<PredictRequest> message, Throwable failure) {
        message.fail(Failure.of(failure).code(), String.valueOf(failure.getMessage()));
    }
}
