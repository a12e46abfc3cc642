/** The data listener: where applications predict and report what was true. */
@NullMarked
package io.abgate.gateway;

import org.jspecify.annotations.NullMarked;
