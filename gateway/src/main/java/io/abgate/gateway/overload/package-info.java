/** Saying no in time: what one event loop takes on, so that what it has taken on is answered soon. */
@NullMarked
package io.abgate.gateway.overload;

import org.jspecify.annotations.NullMarked;
