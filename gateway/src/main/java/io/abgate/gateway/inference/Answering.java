package io.abgate.gateway.inference;

import io.abgate.gateway.inference.WatchedPredictor.Timed;
import io.abgate.gateway.overload.AdaptiveLimit;
import io.abgate.model.ModelRuntime;
import io.abgate.registry.contract.Failure;
import io.abgate.registry.domain.Check;
import io.abgate.registry.domain.Route;
import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.domain.RoutedVersion;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.domain.Tensor;
import io.abgate.registry.domain.Traffic;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Stream;

/** Has the assigned version answer, and the champion or the standby in its place when it fails. */
final class Answering {
    private final WatchedPredictor predictor;

    Answering(WatchedPredictor predictor) {
        this.predictor = predictor;
    }

    /**
     * Fails when nobody answered, or when the input was refused: that is the application's fault and no version's. When
     * the assigned version answers on this event loop, {@code to} has the answer before this returns, and no future is
     * made.
     *
     * @param startNanos of the request, by a monotonic clock
     */
    void answer(ServedModel model, Assignment assignment, Tensor input, long startNanos, Completable<Answered> to) {
        RoutedVersion version = assignment.version();
        ModelRuntime runtime = predictor.here(model, version, input);
        if (runtime == null) {
            answerElsewhere(model, assignment, input, startNanos).onComplete(to);
            return;
        }
        Timed timed;
        try {
            timed = predictor.predictHere(model, version, traffic(assignment), runtime, input, startNanos);
        } catch (RuntimeException e) {
            count(model, version, e);
            recover(model, assignment, input, e).onComplete(to);
            return;
        }
        to.succeed(answered(assignment, timed));
    }

    private Future<Answered> answerElsewhere(ServedModel model, Assignment assignment, Tensor input, long startNanos) {
        AdaptiveLimit limit = model.elsewhere();
        if (!limit.acquire()) {
            model.meters().shed();
            return Future.failedFuture(Failure.UNAVAILABLE.because(Check.message(
                    "requests in flight", limit.current(), "fewer than " + limit.current() + "; try again shortly")));
        }
        return predict(model, assignment.version(), assignment, input)
                .map(timed -> answered(assignment, timed))
                .recover(failure -> recover(model, assignment, input, failure))
                .onComplete(done -> {
                    long now = System.nanoTime();
                    limit.release(now - startNanos, now);
                });
    }

    private static Answered answered(Assignment assignment, Timed timed) {
        return new Answered(assignment.version(), assignment.route(), timed.reply(), timed.atNanos());
    }

    private Future<Answered> recover(ServedModel model, Assignment assignment, Tensor input, Throwable failure) {
        return isRefusal(failure) ? Future.failedFuture(failure) : fallBack(model, assignment, input);
    }

    private Future<Answered> fallBack(ServedModel model, Assignment assignment, Tensor input) {
        Iterator<RoutedVersion> others =
                assignment.isPinned() ? Stream.<RoutedVersion>empty().iterator() : others(assignment);
        return answerWithNext(model, others, assignment, input)
                .onSuccess(answered ->
                        model.meters().version(assignment.version().version()).fellBack());
    }

    private Future<Answered> answerWithNext(
            ServedModel model, Iterator<RoutedVersion> others, Assignment assignment, Tensor input) {
        if (!others.hasNext()) {
            return Future.failedFuture(Failure.UNAVAILABLE.because(
                    Check.message("model", model.name(), "a version that answers; try again shortly")));
        }
        RoutedVersion version = others.next();
        return predict(model, version, assignment, input)
                .map(timed -> new Answered(version, Route.FALLBACK, timed.reply(), timed.atNanos()))
                .recover(failure -> isRefusal(failure)
                        ? Future.failedFuture(failure)
                        : answerWithNext(model, others, assignment, input));
    }

    private Future<Timed> predict(ServedModel model, RoutedVersion version, Assignment assignment, Tensor input) {
        return predictor
                .predict(model, version, traffic(assignment), input)
                .onFailure(failure -> count(model, version, failure));
    }

    private static Traffic traffic(Assignment assignment) {
        return assignment.isPinned() ? Traffic.PINNED : Traffic.USERS;
    }

    private static void count(ServedModel model, RoutedVersion version, Throwable failure) {
        if (!isRefusal(failure)) {
            model.meters().version(version.version()).failed();
        }
    }

    private static boolean isRefusal(Throwable failure) {
        return Failure.of(failure) == Failure.INVALID;
    }

    private static Iterator<RoutedVersion> others(Assignment assignment) {
        RouteTable table = assignment.table();
        return Stream.of(Stage.CHAMPION, Stage.STANDBY)
                .map(table::ofStage)
                .flatMap(Optional::stream)
                .filter(version -> version.version() != assignment.version().version())
                .toList()
                .iterator();
    }
}
