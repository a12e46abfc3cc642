/** The words of abgate as records and enums: no Vert.x, no Hazelcast, no clock. */
@NullMarked
package io.abgate.registry.domain;

import org.jspecify.annotations.NullMarked;
