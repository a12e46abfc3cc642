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
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Has the assigned version answer, and the champion or the standby in its place when it fails. */
final class Answering {
    private final WatchedPredictor predictor;
    private final Voting voting;

    Answering(WatchedPredictor predictor) {
        this.predictor = predictor;
        this.voting = new Voting(predictor);
    }

    /**
     * Fails when nobody answered, or when the input was refused: that is the application's fault and no version's. When
     * the assigned version answers on this event loop, {@code to} has the answer before this returns, and no future is
     * made. Fails as {@link Failure#BUSY} only when no version was asked.
     *
     * @param startNanos of the request, by a monotonic clock
     */
    void answer(ServedModel model, Assignment assignment, Tensor input, long startNanos, Completable<Answered> to) {
        if (assignment.route() == Route.ENSEMBLE) {
            bounded(model, startNanos, () -> byVote(model, assignment, input)).onComplete(to);
            return;
        }
        ModelRuntime runtime = predictor.here(model, assignment.version(), input);
        if (runtime == null) {
            bounded(model, startNanos, () -> byOne(model, assignment, input)).onComplete(to);
            return;
        }
        answerHere(model, assignment, runtime, input, startNanos, to);
    }

    private void answerHere(
            ServedModel model,
            Assignment assignment,
            ModelRuntime runtime,
            Tensor input,
            long startNanos,
            Completable<Answered> to) {
        Timed timed;
        try {
            timed = predictor.predictHere(model, assignment.version(), traffic(assignment), runtime, input, startNanos);
        } catch (RuntimeException e) {
            count(model, assignment.version(), e);
            recover(model, assignment, input, e).onComplete(to);
            return;
        }
        to.succeed(answered(assignment, timed));
    }

    /** What waits for others takes a place among those that may. */
    private static Future<Answered> bounded(ServedModel model, long startNanos, Supplier<Future<Answered>> answer) {
        AdaptiveLimit limit = model.elsewhere();
        if (!limit.acquire()) {
            model.meters().shed();
            return Future.failedFuture(Failure.BUSY.because(Check.message(
                    "requests in flight", limit.current(), "fewer than " + limit.current() + "; try again shortly")));
        }
        return answer.get()
                .onComplete((answered, failure) ->
                        giveBack(limit, startNanos, answered != null && answered.route() != Route.FALLBACK));
    }

    private static void giveBack(AdaptiveLimit limit, long startNanos, boolean isAnswered) {
        long now = System.nanoTime();
        if (isAnswered) {
            limit.release(now - startNanos, now);
        } else {
            limit.releaseFailed(now - startNanos, now);
        }
    }

    private Future<Answered> byVote(ServedModel model, Assignment assignment, Tensor input) {
        return voting.cast(model, assignment.table(), input).compose(ballots -> Voting.counted(ballots, assignment)
                .map(Future::succeededFuture)
                .or(() -> Voting.refusal(ballots).map(Future::failedFuture))
                .orElseGet(() -> afterVote(model, assignment, input, ballots)));
    }

    /** Who failed to vote is not asked again. */
    private Future<Answered> afterVote(ServedModel model, Assignment assignment, Tensor input, List<Ballot> ballots) {
        Iterator<RoutedVersion> others = others(assignment, version -> ballots.stream()
                .noneMatch(spoilt -> spoilt.version().equals(version)));
        return fallBack(model, others, assignment, input).map(answered -> answered.after(ballots));
    }

    private Future<Answered> byOne(ServedModel model, Assignment assignment, Tensor input) {
        return predict(model, assignment.version(), assignment, input)
                .map(timed -> answered(assignment, timed))
                .recover(failure -> recover(model, assignment, input, failure));
    }

    private static Answered answered(Assignment assignment, Timed timed) {
        return new Answered(assignment.version(), assignment.route(), timed.reply(), timed.atNanos());
    }

    private Future<Answered> recover(ServedModel model, Assignment assignment, Tensor input, Throwable failure) {
        return isRefusal(failure) ? Future.failedFuture(failure) : fallBack(model, assignment, input);
    }

    private Future<Answered> fallBack(ServedModel model, Assignment assignment, Tensor input) {
        Iterator<RoutedVersion> others = assignment.isPinned()
                ? Stream.<RoutedVersion>empty().iterator()
                : others(
                        assignment,
                        version -> version.version() != assignment.version().version());
        return fallBack(model, others, assignment, input);
    }

    private Future<Answered> fallBack(
            ServedModel model, Iterator<RoutedVersion> others, Assignment assignment, Tensor input) {
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

    /** Counts a failure of a version, unless it was a refusal of the input. */
    static void count(ServedModel model, RoutedVersion version, Throwable failure) {
        if (!isRefusal(failure)) {
            model.meters().version(version.version()).failed();
        }
    }

    private static boolean isRefusal(Throwable failure) {
        return Failure.of(failure) == Failure.INVALID;
    }

    private static Iterator<RoutedVersion> others(Assignment assignment, Predicate<RoutedVersion> which) {
        RouteTable table = assignment.table();
        return Stream.of(Stage.CHAMPION, Stage.STANDBY)
                .map(table::ofStage)
                .flatMap(Optional::stream)
                .filter(which)
                .toList()
                .iterator();
    }
}
