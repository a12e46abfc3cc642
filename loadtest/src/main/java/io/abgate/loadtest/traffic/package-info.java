/** Sends requests when they are due, whatever became of those before, and keeps what came of each. */
@NullMarked
package io.abgate.loadtest.traffic;

import org.jspecify.annotations.NullMarked;
