package io.abgate.model;

import io.abgate.registry.contract.Addresses;
import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.PredictReply;
import io.abgate.registry.contract.PredictRequest;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

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
    private final LongSupplier nanoClock;
    private AdmissionControl admission = new AdmissionControl(1);

    /**
     * A version to host.
     *
     * @param name of the model
     * @param node name of this process
     * @param hosted where it is entered as soon as it is warm
     */
    public ModelVerticle(String name, int version, Model model, String node, HostedModels hosted) {
        this(name, version, model, node, hosted, System::nanoTime);
    }

    ModelVerticle(String name, int version, Model model, String node, HostedModels hosted, LongSupplier nanoClock) {
        this.name = name;
        this.version = version;
        this.model = model;
        this.node = node;
        this.hosted = hosted;
        this.nanoClock = nanoClock;
        runtime = model.newRuntime();
    }

    @Override
    public Future<?> start() {
        return vertx.executeBlocking(() -> new WarmUp(runtime, Probe.row(model.input()), nanoClock).rowNanos())
                .compose(this::listen);
    }

    private Future<Void> listen(long rowNanos) {
        admission = new AdmissionControl(rowNanos);
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

    /** One after the other on a worker thread, as the runtime needs; who would be answered too late is refused at once. */
    private void answer(Message<PredictRequest> message) {
        PredictRequest request = message.body();
        long rows = Probe.rows(request.input());
        long withinNanos = TimeUnit.MILLISECONDS.toNanos(request.withinMillis());
        if (!admission.admit(rows, withinNanos)) {
            refuse(message, Failure.BUSY.because("too many requests wait for " + name + " version " + version));
            return;
        }
        long arrivedNanos = nanoClock.getAsLong();
        vertx.executeBlocking(() -> compute(request, arrivedNanos, withinNanos))
                .onComplete(done -> admission.leave(rows))
                .onSuccess(timed -> admission.answered(rows, timed.tookNanos()))
                .onComplete(timed -> message.reply(timed.reply()), failure -> refuse(message, failure));
    }

    private record Timed(PredictReply reply, long tookNanos) {}

    /** Nothing is computed for a sender that has given up: those behind it may still be in time. */
    private Timed compute(PredictRequest request, long arrivedNanos, long withinNanos) {
        long startNanos = nanoClock.getAsLong();
        if (startNanos - arrivedNanos >= withinNanos) {
            throw Failure.BUSY.because("nobody waits any more for an answer of " + name + " version " + version);
        }
        PredictReply reply = runtime.predict(request.input());
        return new Timed(reply, nanoClock.getAsLong() - startNanos);
    }

    private static void refuse(Message<PredictRequest> message, Throwable failure) {
        message.fail(Failure.of(failure).code(), String.valueOf(failure.getMessage()));
    }
}
