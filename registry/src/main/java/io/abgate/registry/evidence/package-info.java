/** What outcomes prove: one class a statistic, pure; no Vert.x, no clock, no chance. */
@NullMarked
package io.abgate.registry.evidence;

import org.jspecify.annotations.NullMarked;
