/** How right a model is: on labelled rows in whole counts, and in functional suites case by case. */
@NullMarked
package io.abgate.model.evaluation;

import org.jspecify.annotations.NullMarked;
