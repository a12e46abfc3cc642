/** The secret keys that the nodes of one installation share, and what they seal. */
@NullMarked
package io.abgate.registry.keys;

import org.jspecify.annotations.NullMarked;
