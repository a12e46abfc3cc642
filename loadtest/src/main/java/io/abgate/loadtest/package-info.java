/** The load test's command line. */
@NullMarked
package io.abgate.loadtest;

import org.jspecify.annotations.NullMarked;
