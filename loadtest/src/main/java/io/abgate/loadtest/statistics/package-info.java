/** What a run of finite length shows: intervals for quantiles and means, for their differences, and verdicts; pure. */
@NullMarked
package io.abgate.loadtest.statistics;

import org.jspecify.annotations.NullMarked;
