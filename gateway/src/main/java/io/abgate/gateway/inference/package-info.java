/** The door for predictions: the Open Inference Protocol v2, the split, the fallback and the shadows. */
@NullMarked
package io.abgate.gateway.inference;

import org.jspecify.annotations.NullMarked;
