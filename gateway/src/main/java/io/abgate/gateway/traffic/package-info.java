/** Counts the requests that the split gives to versions, and tells the registry. */
@NullMarked
package io.abgate.gateway.traffic;

import org.jspecify.annotations.NullMarked;
