/** The event store: what abgate knows for certain. The interface is public, its JDBC implementation is not. */
@NullMarked
package io.abgate.registry.store;

import org.jspecify.annotations.NullMarked;
