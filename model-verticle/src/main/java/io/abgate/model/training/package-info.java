/** Gradient descent for dense networks, with the same bits on every JDK. */
@NullMarked
package io.abgate.model.training;

import org.jspecify.annotations.NullMarked;
