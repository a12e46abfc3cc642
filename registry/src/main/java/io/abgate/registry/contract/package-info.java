/** What crosses a room's wall: bus addresses, messages, their codecs and failures. */
@NullMarked
package io.abgate.registry.contract;

import org.jspecify.annotations.NullMarked;
