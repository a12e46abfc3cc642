/** What labels are worth: how late they come, of which predictions, and whether that depends on what they say. */
@NullMarked
package io.abgate.registry.policy.labels;

import org.jspecify.annotations.NullMarked;
