/** The worker of a model node: inspects artifacts and does training jobs. */
@NullMarked
package io.abgate.model.worker;

import org.jspecify.annotations.NullMarked;
