/** What a process routes by: the registry's tables, kept in memory and in a copy on disk. */
@NullMarked
package io.abgate.model.routing;

import org.jspecify.annotations.NullMarked;
