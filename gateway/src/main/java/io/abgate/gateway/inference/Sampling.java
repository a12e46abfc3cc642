package io.abgate.gateway.inference;

import io.abgate.model.RowJson;
import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.PredictReply;
import io.abgate.registry.contract.SampleBatch.Asked;
import io.abgate.registry.contract.SampleBatch.Sample;
import io.abgate.registry.contract.SampleBatch.ShadowAnswer;
import io.abgate.registry.domain.ModelSettings.Promotion;
import io.abgate.registry.domain.PredictionId;
import io.abgate.registry.domain.Route;
import io.abgate.registry.domain.RoutedVersion;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.domain.Tensor;
import io.abgate.registry.domain.Traffic;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What happens to sampled rows once their answer has left: shadows answer copies, and all goes to the registry. */
final class Sampling {
    private static final int MOST_IN_FLIGHT = 64;

    /** Beyond that no control is asked for a copy, so that there is always room for those of a shadow. */
    private static final int MOST_IN_FLIGHT_WITH_CONTROLS = 16;

    private static final int NO_LABEL = -1;

    private final WatchedPredictor predictor;
    private int inFlight;

    Sampling(WatchedPredictor predictor) {
        this.predictor = predictor;
    }

    /** What a shadow answered to a copy; nothing when it failed. */
    private record Copy(RoutedVersion shadow, Optional<PredictReply> reply) {
        /** A failure is an answer that is no label, and so is wrong: leaving it out would hide a failing version. */
        ShadowAnswer answer(int row) {
            int version = shadow.version();
            return reply.map(came -> new ShadowAnswer(version, came.label()[row], (float) came.confidence()[row]))
                    .orElseGet(() -> new ShadowAnswer(version, NO_LABEL, 0));
        }
    }

    /** Samples the rows of an input that are kept; ids are of all of them. */
    void sample(
            ServedModel model,
            Assignment assignment,
            List<Ballot> ballots,
            Tensor input,
            IdIssuer.Issued issued,
            KeptRows kept) {
        int[] places = kept.rows();
        if (places.length == 0) {
            return;
        }
        Tensor rows = rows(input, places);
        List<Copy> copies = new ArrayList<>();
        ballots.stream()
                .filter(ballot -> ballot.failure() == null || !isBusy(ballot.failure()))
                .forEach(ballot -> copies.add(new Copy(ballot.version(), Optional.ofNullable(ballot.reply()))));
        List<Future<Copy>> asked = copied(model, assignment)
                .filter(version ->
                        ballots.stream().noneMatch(ballot -> ballot.version().equals(version)))
                .map(version -> ask(model, version, rows, mostInFlight(assignment, version))
                        .onSuccess(copies::add))
                .toList();
        Future.join(asked).onComplete(all -> add(model, rows, Told.of(issued, kept, places), copies));
    }

    private static int mostInFlight(Assignment assignment, RoutedVersion version) {
        boolean votes = assignment.route() == Route.ENSEMBLE;
        return votes || version.stage() == Stage.SHADOW ? MOST_IN_FLIGHT : MOST_IN_FLIGHT_WITH_CONTROLS;
    }

    private Future<Copy> ask(ServedModel model, RoutedVersion shadow, Tensor rows, int most) {
        if (inFlight >= most || !predictor.reaches(model.name(), shadow)) {
            model.meters().version(shadow.version()).shadowFailed();
            return Future.failedFuture("too many copies in flight, or the shadow is still being loaded");
        }
        inFlight++;
        return predictor
                .predict(model, shadow, Traffic.COPIES, rows)
                .onComplete(done -> inFlight--)
                .onFailure(failure -> model.meters().version(shadow.version()).shadowFailed())
                .map(timed -> new Copy(shadow, Optional.of(timed.reply())))
                .recover(failure -> isBusy(failure)
                        ? Future.failedFuture(failure)
                        : Future.succeededFuture(new Copy(shadow, Optional.empty())));
    }

    /**
     * Who had too much to do is not compared on this request. That leaves requests out by the load of the moment, which
     * knows neither the label nor who would have been right, so the pairs that are left are compared as fairly.
     */
    private static boolean isBusy(Throwable failure) {
        return Failure.of(failure) == Failure.BUSY;
    }

    /** What the registry is told of a row besides. */
    private record Told(PredictionId id, @Nullable Asked asked) {
        static List<Told> of(IdIssuer.Issued issued, KeptRows kept, int[] places) {
            List<Told> told = new ArrayList<>(places.length);
            for (int place : places) {
                PredictionId id = issued.ids().get(place);
                told.add(new Told(
                        id, kept.isAsked(place) ? new Asked(issued.tokens().get(place), id.assigned()) : null));
            }
            return told;
        }
    }

    private static void add(ServedModel model, Tensor rows, List<Told> told, List<Copy> copies) {
        for (int row = 0; row < told.size(); row++) {
            PredictionId id = told.get(row).id();
            String input = RowJson.of(model.settings().input(), rows, row);
            model.samples()
                    .add(new Sample(
                            id.timeMillis(),
                            id.nonce(),
                            input,
                            answers(copies, row),
                            told.get(row).asked()));
        }
    }

    private static List<ShadowAnswer> answers(List<Copy> copies, int row) {
        return copies.stream().map(copy -> copy.answer(row)).toList();
    }

    /**
     * Who answers copies, of live traffic only: shadows, and where versions vote those who have no vote yet; then, where
     * evidence promotes, the control of the one that was assigned the request.
     */
    private static Stream<RoutedVersion> copied(ServedModel model, Assignment assignment) {
        List<RoutedVersion> versions = assignment.table().versions();
        if (assignment.forced()) {
            return Stream.empty();
        }
        if (assignment.route() == Route.ENSEMBLE) {
            return versions.stream();
        }
        boolean paired = model.settings().rollout().promotion() == Promotion.EVIDENCE;
        return Stream.concat(
                versions.stream().filter(version -> version.stage() == Stage.SHADOW),
                versions.stream()
                        .filter(version -> paired
                                && isControl(
                                        version.stage(), assignment.version().stage())));
    }

    /** Of a canary the champion is, of a champion the former one. */
    private static boolean isControl(Stage control, Stage assigned) {
        return switch (assigned) {
            case CANARY -> control == Stage.CHAMPION;
            case CHAMPION -> control == Stage.STANDBY;
            case CANDIDATE, REJECTED, SHADOW, STANDBY, QUARANTINED, RETIRED -> false;
        };
    }

    private static Tensor rows(Tensor input, int[] places) {
        if (places.length == input.rows()) {
            return input;
        }
        List<Long> shape = new ArrayList<>(input.shape());
        shape.set(0, (long) places.length);
        int columns = input.columns();
        IntStream elements =
                Arrays.stream(places).flatMap(place -> IntStream.range(place * columns, (place + 1) * columns));
        return input.datatype().isNumeric()
                ? Tensor.ofNumbers(
                        input.name(),
                        input.datatype(),
                        shape,
                        elements.mapToDouble(element -> input.numbers()[element])
                                .toArray())
                : Tensor.ofStrings(
                        input.name(),
                        shape,
                        elements.mapToObj(element -> input.strings()[element]).toArray(String[]::new));
    }
}
