package io.abgate.registry.domain;

/** What follows when the evidence is against a version, by what it is evidence of. */
public record TriggerActions(Action accuracy, Action errors, Action latency) {
    /** Where nothing is said. */
    public static final TriggerActions DEFAULT = new TriggerActions(Action.ROLLBACK, Action.ROLLBACK, Action.HOLD);

    /** What can follow. */
    public enum Action {
        /** The version is taken back. */
        ROLLBACK,
        /** Nothing is promoted by itself and the shares stay, until a person has looked. */
        HOLD,
        /** People are told. */
        WARN
    }
}
