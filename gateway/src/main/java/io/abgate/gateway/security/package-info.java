/** Prediction ids and their signed form. */
@NullMarked
package io.abgate.gateway.security;

import org.jspecify.annotations.NullMarked;
