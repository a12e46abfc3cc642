package io.abgate.registry.domain;

/** Why nothing can be learnt from a labelled row. The first that holds, in this order, is the reason. */
public enum Unusable {
    UNKNOWN_TRUTH("a truth that is no label"),
    EMPTY_INPUT("an empty input"),
    UNFIT_INPUT("an input that does not fit");

    private final String says;

    Unusable(String says) {
        this.says = says;
    }

    /** The reason in words, with its article. */
    public String says() {
        return says;
    }
}
