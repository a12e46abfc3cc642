/** How right a model is on labelled rows, in whole counts. */
@NullMarked
package io.abgate.model.evaluation;

import org.jspecify.annotations.NullMarked;
