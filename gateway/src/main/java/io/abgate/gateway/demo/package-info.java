/** The story of the whole loop on real mail, told in the terminal by a client of a running gateway. */
@NullMarked
package io.abgate.gateway.demo;

import org.jspecify.annotations.NullMarked;
