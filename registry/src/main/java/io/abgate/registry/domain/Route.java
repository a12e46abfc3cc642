package io.abgate.registry.domain;

/** Why a version answered a request: the {@code route} parameter of an answer. */
public enum Route {
    CHAMPION,
    CANARY,
    CONTROL,
    ADAPTIVE,
    PINNED,
    FALLBACK,
    OVERRIDE,
    ENSEMBLE;

    private final String label = name().toLowerCase(java.util.Locale.ROOT);

    /** The word that stands in the answer, for example {@code champion}. */
    public String label() {
        return label;
    }
}
