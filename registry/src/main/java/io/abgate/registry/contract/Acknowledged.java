package io.abgate.registry.contract;

/**
 * A message was taken.
 *
 * @param by who took it
 */
public record Acknowledged(String by) {}
