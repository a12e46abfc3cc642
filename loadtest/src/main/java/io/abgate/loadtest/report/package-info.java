/** Tells what a run gave: on a terminal, as JSON, and as one HTML page that needs nothing else. */
@NullMarked
package io.abgate.loadtest.report;

import org.jspecify.annotations.NullMarked;
