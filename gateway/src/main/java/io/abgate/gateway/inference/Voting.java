package io.abgate.gateway.inference;

import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.PredictReply;
import io.abgate.registry.domain.Route;
import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.domain.RoutedVersion;
import io.abgate.registry.domain.Tensor;
import io.abgate.registry.domain.Traffic;
import io.vertx.core.Future;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Has the members of an ensemble answer, each within the model's deadline, and counts their votes. */
final class Voting {
    private final WatchedPredictor predictor;

    Voting(WatchedPredictor predictor) {
        this.predictor = predictor;
    }

    /** Ballots of those who have a vote and answer on some node, in the order of the table; never fails. */
    Future<List<Ballot>> cast(ServedModel model, RouteTable table, Tensor input) {
        List<Future<Ballot>> asked = table.versions().stream()
                .filter(version -> version.vote() > 0 && predictor.reaches(model.name(), version))
                .map(version -> ask(model, version, input))
                .toList();
        return Future.all(asked).map(done -> asked.stream().map(Future::result).toList());
    }

    private Future<Ballot> ask(ServedModel model, RoutedVersion version, Tensor input) {
        return predictor
                .predict(model, version, Traffic.USERS, input)
                .compose(timed -> meaningful(timed.reply()))
                .onFailure(failure -> Answering.count(model, version, failure))
                .map(reply -> Ballot.cast(version, reply))
                .otherwise(failure -> Ballot.spoilt(version, failure));
    }

    /** What is no probability would spoil the answers of the others. */
    private static Future<PredictReply> meaningful(PredictReply reply) {
        for (double[] row : reply.probabilities()) {
            double sum = 0;
            for (double probability : row) {
                sum += probability >= 0 && probability <= 1 ? probability : Double.NaN;
            }
            if (!(sum > 0)) {
                return Future.failedFuture(new IllegalStateException("an answer with what is no probability"));
            }
        }
        return Future.succeededFuture(reply);
    }

    /** What the votes come to; empty when nobody voted. The answer stands for the champion's if it voted, else the heaviest's. */
    static Optional<Answered> counted(List<Ballot> ballots, Assignment assignment) {
        List<Ballot> votes =
                ballots.stream().filter(ballot -> ballot.reply() != null).toList();
        return votes.stream()
                .filter(ballot -> ballot.version().equals(assignment.version()))
                .findFirst()
                .or(() -> votes.stream().max(Comparator.comparingDouble(ballot -> ballot.version()
                        .vote())))
                .map(spokesman -> new Answered(
                        spokesman.version(), Route.ENSEMBLE, pooled(votes, spokesman), ballots, System.nanoTime()));
    }

    private static PredictReply pooled(List<Ballot> votes, Ballot spokesman) {
        PredictReply own = Objects.requireNonNull(spokesman.reply());
        if (votes.size() == 1) {
            return own;
        }
        Pool pool = new Pool(own.labels(), own.rows());
        votes.forEach(ballot -> pool.add(
                Objects.requireNonNull(ballot.reply()), ballot.version().vote()));
        return pool.reply();
    }

    /** The refusal of the input, if that is why nobody voted. */
    static Optional<Throwable> refusal(List<Ballot> ballots) {
        return ballots.stream()
                .map(Ballot::failure)
                .filter(Objects::nonNull)
                .filter(failure -> Failure.of(failure) == Failure.INVALID)
                .findFirst();
    }
}
