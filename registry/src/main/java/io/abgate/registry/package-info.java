/** The registry's shell: the verticle and the services that do what the policy says. */
@NullMarked
package io.abgate.registry;

import org.jspecify.annotations.NullMarked;
