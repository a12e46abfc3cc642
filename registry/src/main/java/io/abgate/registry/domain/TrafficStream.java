package io.abgate.registry.domain;

/**
 * Who counts requests: one gateway process, from its start to its end. Within a stream no routing key counts twice; in
 * another one it may count again.
 *
 * @param node name of the process
 * @param incarnation when it started, in milliseconds since 1970
 */
public record TrafficStream(String node, long incarnation) {}
