package io.abgate.registry.contract;

/**
 * The registry's answer to an {@link Operation}.
 *
 * @param status HTTP status, 200 to 299; refusals are failed replies
 * @param body JSON text
 */
public record Answer(int status, String body) {}
