/** The command line: what people type to see and steer a running gateway. */
@NullMarked
package io.abgate.gateway.cli;

import org.jspecify.annotations.NullMarked;
