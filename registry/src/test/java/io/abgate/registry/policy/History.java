package io.abgate.registry.policy;

import io.abgate.registry.domain.Outcome;
import io.abgate.registry.domain.PredictionId;
import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.policy.StageChanged.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A ledger in memory: things happen to one model in order, and its state follows. */
final class History {
    final ModelFold fold;
    final ModelState state;
    private long seq;
    private long nonce;

    History(Mail mail) {
        fold = new ModelFold(mail.settings());
        state = fold.state();
        happens(new ModelAdded(1, 0));
    }

    /** A history whose version 1 is champion and gets everything. */
    static History withChampion(Mail mail) {
        return new History(mail).stores(1).moves(1, Stage.CHAMPION).routes(Set.of(1));
    }

    /** A history whose version 2 is champion, and version 1, which was it before, stands by. */
    static History promoted(Mail mail) {
        return withChampion(mail).stores(2).promotes(2, 1).routes(Set.of(1, 2));
    }

    History happens(Change change) {
        change.applyTo(fold, ++seq);
        return this;
    }

    History stores(int version) {
        return happens(new VersionRegistered(
                version,
                "sha-" + version,
                "abgate/dense-v1",
                Mail.LABELS,
                Mail.INPUT,
                null,
                null,
                "test",
                "",
                List.of(),
                null,
                0));
    }

    /** A version comes to a stage; the kind of change is of no consequence. */
    History moves(int version, Stage stage) {
        return happens(StageChanged.of(Kind.ABORTED, version, stage, "test"));
    }

    /** A version takes the place of the champion, which stands by. */
    History promotes(int version, int former) {
        Map<Integer, Stage> stages = Map.of(former, Stage.STANDBY, version, Stage.CHAMPION);
        return happens(new StageChanged(Kind.PROMOTED, version, stages, 0, "test", Map.of(), false));
    }

    History canary(int version, double share) {
        return happens(new StageChanged(
                Kind.CANARIED, version, Map.of(version, Stage.CANARY), share, "test", Map.of(), false));
    }

    /** The same of one that the evidence moves on, from this share. */
    History climbs(int version, double share) {
        return happens(new StageChanged(
                Kind.CANARIED, version, Map.of(version, Stage.CANARY), share, "test", Map.of(), false, true, null));
    }

    /** The table that is called for while these versions are warm comes into force. */
    History routes(Set<Integer> warm) {
        return happens(new RoutePublished(planned(warm).orElseThrow()));
    }

    Optional<RouteTable> planned(Set<Integer> warm) {
        return RoutePlan.of(state, version -> warm.contains(version.number()));
    }

    /** Of the champion, beside the former one. */
    Experiment guard() {
        return state.championGuard().orElseThrow();
    }

    RouteTable route() {
        return state.route().orElseThrow();
    }

    /** A new request that was assigned to a version, which answered. */
    PredictionId request(int assigned) {
        return request(assigned, assigned, 0, mixed(++nonce));
    }

    PredictionId request(int assigned, int answered, int flags, long keyHash) {
        long epoch = state.route().map(RouteTable::epoch).orElse(0L);
        return new PredictionId(1, flags, 1, assigned, answered, 0, .9f, epoch, keyHash, 1_000 + ++nonce, nonce);
    }

    private static long mixed(long number) {
        return number * 0x9E3779B97F4A7C15L;
    }

    /** The application tells that the answer ham was right or wrong. */
    static Outcome told(PredictionId id, boolean right) {
        return new Outcome(id, right ? "ham" : "spam", right ? 1 : 0);
    }

    /** As if a label came with the newest request. */
    private long ledgerMillis() {
        return 1_000 + nonce;
    }

    History learns(Outcome... together) {
        fold.outcomes(List.of(together), ledgerMillis());
        return this;
    }

    /** So many labels, each of a new key and in a commit of its own. */
    History learns(int version, int labels, boolean right) {
        for (int i = 0; i < labels; i++) {
            learns(told(request(version), right));
        }
        return this;
    }

    /** So many labelled requests that copies were made of. */
    History copied(int version, int requests) {
        for (int i = 0; i < requests; i++) {
            learns(told(request(version, version, PredictionId.SAMPLED, mixed(++nonce)), true));
        }
        return this;
    }

    /** A labelled copy: both answered, the application told the truth. */
    History pair(int champion, int shadow, boolean championRight, boolean shadowRight) {
        PredictionId id = request(champion);
        fold.shadowAnswer(id.timeMillis(), id.nonce(), shadow, championRight == shadowRight ? 0 : 1);
        return learns(told(id, championRight));
    }

    History pairs(int champion, int shadow, int copies, boolean championRight, boolean shadowRight) {
        for (int i = 0; i < copies; i++) {
            pair(champion, shadow, championRight, shadowRight);
        }
        return this;
    }

    Optional<Verdict> next() {
        return next(Instant.EPOCH);
    }

    Optional<Verdict> next(Instant now) {
        return Decisions.next(state, now, true);
    }

    Optional<Verdict.Kind> nextKind() {
        return next().map(Verdict::kind);
    }
}
