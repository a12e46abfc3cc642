/** A client of a gateway's two listeners, for commands and for the demo. */
@NullMarked
package io.abgate.gateway.client;

import org.jspecify.annotations.NullMarked;
