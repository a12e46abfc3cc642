/** How versions answer, as the gateways that ask them see it. */
@NullMarked
package io.abgate.gateway.health;

import org.jspecify.annotations.NullMarked;
