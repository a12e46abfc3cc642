/** What requests alone say, long before labels: whether the split is what it was meant to be, and who fails or is slow. */
@NullMarked
package io.abgate.registry.policy.traffic;

import org.jspecify.annotations.NullMarked;
