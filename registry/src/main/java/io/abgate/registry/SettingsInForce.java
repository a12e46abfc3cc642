package io.abgate.registry;

import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.Refusal;
import io.abgate.registry.domain.ModelSettings;
import io.abgate.registry.policy.Change;
import io.abgate.registry.policy.ModelFold;
import io.abgate.registry.policy.StateDigest;
import java.util.Map;

/**
 * The settings under which the receipts after it were made; written with the first of them.
 *
 * @param digest of the settings, see {@link StateDigest}
 * @param settings as they are printed: another abgate may know others
 */
record SettingsInForce(String digest, Map<String, Object> settings) implements Change {
    static final String TYPE = "SETTINGS";

    static SettingsInForce of(ModelSettings settings) {
        return new SettingsInForce(StateDigest.of(settings), Changes.tree(settings));
    }

    /**
     * The settings.
     *
     * @throws Refusal CONFLICT when this abgate cannot read them as they were
     */
    ModelSettings read() {
        Refusal refusal = Failure.CONFLICT.because("settings " + digest.substring(0, 12)
                + ": cannot be read as they were (expected: the abgate that the receipt was made by)");
        try {
            ModelSettings read = Changes.value(settings, ModelSettings.class);
            if (StateDigest.of(read).equals(digest)) {
                return read;
            }
        } catch (IllegalArgumentException e) {
            refusal.addSuppressed(e);
        }
        throw refusal;
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String summary() {
        return "Verdicts are reached under settings " + digest.substring(0, 12) + " from here on.";
    }

    @Override
    public void applyTo(ModelFold fold, long seq) {
        // a state is folded under the settings that it is given
    }
}
