package io.abgate.registry.policy;

import io.abgate.registry.domain.Measurement;
import io.abgate.registry.domain.Score;
import io.abgate.registry.policy.Degradation.Finding;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A check of a champion that an operator asked for, or that changed what is wrong with it.
 *
 * @param findings everything that is wrong; what was and is no longer among them has recovered
 * @param asks why it should be retrained; absent when it should not
 */
public record VersionChecked(
        int version,
        Measurement measurement,
        List<Finding> findings,
        @Nullable String asks) implements Change {
    public VersionChecked {
        findings = List.copyOf(findings);
    }

    @Override
    public String type() {
        return "CHECKED";
    }

    @Override
    public String summary() {
        Score score = measurement.score();
        String wrong = findings.isEmpty()
                ? "nothing is wrong"
                : "ALERT: " + findings.stream().map(Finding::says).collect(Collectors.joining(", "));
        return "Version " + version + " has " + score.right() + " of " + score.rows() + " evaluation rows right; "
                + wrong + ".";
    }

    @Override
    public void applyTo(ModelFold fold, long seq) {
        fold.state().monitoring().checked(this, seq);
    }
}
