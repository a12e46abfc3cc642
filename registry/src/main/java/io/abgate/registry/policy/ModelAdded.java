package io.abgate.registry.policy;

/**
 * A model was set up.
 *
 * @param modelId its number in prediction ids
 * @param seeds labelled rows that it brought with it
 */
public record ModelAdded(int modelId, int seeds) implements Change {
    @Override
    public String type() {
        return "MODEL_ADDED";
    }

    @Override
    public String summary() {
        return "The model was set up with " + seeds + " labelled rows.";
    }

    @Override
    public void applyTo(ModelFold fold, long seq) {
        fold.identify(modelId);
    }
}
