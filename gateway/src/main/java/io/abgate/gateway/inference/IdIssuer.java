package io.abgate.gateway.inference;

import io.abgate.gateway.security.NonceSource;
import io.abgate.gateway.security.PredictionTokens;
import io.abgate.registry.domain.PredictionId;
import io.abgate.registry.domain.Route;
import java.util.ArrayList;
import java.util.List;

/** Gives every row of an answer its prediction id. */
final class IdIssuer {
    private final PredictionTokens tokens;
    private final NonceSource nonces;

    IdIssuer(PredictionTokens tokens, NonceSource nonces) {
        this.tokens = tokens;
        this.nonces = nonces;
    }

    /** Ids and their signed form, a row each. */
    record Issued(List<PredictionId> ids, List<String> tokens) {}

    /** Ids, of which those of {@code kept} say that their input goes to the sample table. */
    Issued issue(Assignment assignment, Answered answered, KeptRows kept, long timeMillis) {
        int rows = answered.reply().rows();
        List<PredictionId> ids = new ArrayList<>(rows);
        List<String> signed = new ArrayList<>(rows);
        for (int row = 0; row < rows; row++) {
            PredictionId id = id(assignment, answered, row, flags(kept, row) | flags(assignment, answered), timeMillis);
            ids.add(id);
            signed.add(tokens.sign(id));
        }
        return new Issued(ids, signed);
    }

    private PredictionId id(Assignment assignment, Answered answered, int row, int flags, long timeMillis) {
        return new PredictionId(
                0, // whichever key signs
                flags,
                assignment.table().modelId(),
                assignment.version().version(),
                answered.version().version(),
                answered.reply().label()[row],
                (float) answered.reply().confidence()[row],
                assignment.table().epoch(),
                assignment.keyHash(),
                timeMillis,
                nonces.next());
    }

    private static int flags(KeptRows kept, int row) {
        return (kept.keeps(row) ? PredictionId.SAMPLED : 0) | (kept.isAsked(row) ? PredictionId.AUDIT : 0);
    }

    private static int flags(Assignment assignment, Answered answered) {
        return (assignment.forced() ? PredictionId.FORCED : 0)
                | (answered.route() == Route.FALLBACK ? PredictionId.FALLBACK : 0)
                | (assignment.route() == Route.ENSEMBLE ? PredictionId.ENSEMBLE : 0);
    }
}
