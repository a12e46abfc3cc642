/** The door of operators: metrics and the API over which the registry is told what to do. */
@NullMarked
package io.abgate.gateway.admin;

import org.jspecify.annotations.NullMarked;
