/** Reads what operators edit: settings, model files and data sets. */
@NullMarked
package io.abgate.gateway.configuration;

import org.jspecify.annotations.NullMarked;
