/** What the doors of the data listener share: bodies within bounds, streaming JSON, errors in one form. */
@NullMarked
package io.abgate.gateway.http;

import org.jspecify.annotations.NullMarked;
