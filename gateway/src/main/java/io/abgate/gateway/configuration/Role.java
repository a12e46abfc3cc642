package io.abgate.gateway.configuration;

/** What a process does. */
public enum Role {
    /** Takes requests of applications and operators. */
    GATEWAY,
    /** Hosts versions and trains new ones. */
    MODEL,
    /** Keeps the truth and decides. */
    REGISTRY
}
