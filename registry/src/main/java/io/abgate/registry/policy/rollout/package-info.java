/**
 * The way of one version from shadow to champion and, if need be, back: pure state machines that are fed units in ledger
 * order and say what they prove.
 */
@NullMarked
package io.abgate.registry.policy.rollout;

import org.jspecify.annotations.NullMarked;
