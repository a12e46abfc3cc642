package io.abgate.registry.contract;

/** Asks for the artifact of this SHA-256, in lower-case hexadecimal. */
public record ArtifactRequest(String sha256) {}
