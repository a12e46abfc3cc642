/** The dense network: its layers, its encoders and its artifact format {@code abgate/dense-v1}. */
@NullMarked
package io.abgate.model.dense;

import org.jspecify.annotations.NullMarked;
