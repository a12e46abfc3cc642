package io.abgate.registry.domain;

import java.util.Locale;

/**
 * Whose requests a version was asked to answer. What a registry or a model node does with a version by itself (warm-up,
 * checks, suites, evaluation) passes no gateway and is none of these.
 */
public enum Traffic {
    /** Requests for which the gateway chose the version: by shares, as a fallback for another, by an override. */
    USERS,
    /** Requests that name the version in their URL. */
    PINNED,
    /** Copies of users' requests, for a version in shadow, whose answers nobody sees. */
    COPIES;

    /** As people and programs read it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
