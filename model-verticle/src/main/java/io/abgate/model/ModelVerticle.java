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
    private final String name;
    private final int version;
    private final Model model;
    private final String node;
    private final HostedModels hosted;
    private final ModelRuntime runtime;

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
        long rowNanos = new WarmUp(runtime, Probe.row(model.input()), System::nanoTime).rowNanos();
        return vertx.eventBus()
                .consumer(Addresses.replica(name, version, node), this::answer)
                .completion()
                .onSuccess(listening -> hosted.add(name, version, new HostedModels.Entry(model, rowNanos)));
    }

    @Override
    public Future<?> stop() {
        hosted.remove(name, version);
        return Future.succeededFuture();
    }

    private void answer(Message<PredictRequest> message) {
        try {
            message.reply(runtime.predict(message.body().input()));
        } catch (RuntimeException e) {
            message.fail(Failure.of(e).status(), String.valueOf(e.getMessage()));
        }
    }
}
