package io.abgate.registry.contract;

/** Bytes of an artifact. The array is not copied and must not be changed. */
@SuppressWarnings("ArrayRecordComponent") // a message: compared by nobody
public record Artifact(byte[] bytes) {}
