/** What a gateway signs: the keys and the prediction ids. */
@NullMarked
package io.abgate.gateway.security;

import org.jspecify.annotations.NullMarked;
