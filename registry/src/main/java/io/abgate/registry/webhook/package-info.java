/** Tells a receiver over HTTP, signed in the way of Standard Webhooks. */
@NullMarked
package io.abgate.registry.webhook;

import org.jspecify.annotations.NullMarked;
