/** The door for what was true. */
@NullMarked
package io.abgate.gateway.feedback;

import org.jspecify.annotations.NullMarked;
