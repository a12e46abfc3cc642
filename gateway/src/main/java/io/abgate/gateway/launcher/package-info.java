/** Puts the verticles of a process together. */
@NullMarked
package io.abgate.gateway.launcher;

import org.jspecify.annotations.NullMarked;
