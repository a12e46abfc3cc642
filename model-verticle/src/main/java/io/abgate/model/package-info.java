/** Who answers: models and their formats, and the verticles that host, train and evaluate them. */
@NullMarked
package io.abgate.model;

import org.jspecify.annotations.NullMarked;
