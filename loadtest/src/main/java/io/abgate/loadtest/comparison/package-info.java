/** What observations say of each version, and of one beside another; pure. */
@NullMarked
package io.abgate.loadtest.comparison;

import org.jspecify.annotations.NullMarked;
