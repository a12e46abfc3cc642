/**
 * The functional core: what is known of a model, and what follows from it. Pure functions of state, evidence and
 * policy; time and order come in with the entries of the ledger.
 */
@NullMarked
package io.abgate.registry.policy;

import org.jspecify.annotations.NullMarked;
