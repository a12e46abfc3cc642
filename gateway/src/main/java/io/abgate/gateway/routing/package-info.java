/** Which route tables are in force in this process, and which nodes answer for which version. */
@NullMarked
package io.abgate.gateway.routing;

import org.jspecify.annotations.NullMarked;
