/** The rows that are sent: from a file, or those that the model's settings name. */
@NullMarked
package io.abgate.loadtest.data;

import org.jspecify.annotations.NullMarked;
