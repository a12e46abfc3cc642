package io.abgate.loadtest.traffic;

import java.net.URI;
import java.time.Duration;

/**
 * How requests are sent.
 *
 * @param url of the data listener
 * @param perSecond arrivals, of all versions together
 * @param warmUp sent before the measurement, and not counted
 * @param duration of the measurement
 * @param mostInFlight an arrival beyond that is missed; as many connections may be open
 * @param timeout after which nobody waits for an answer any more
 */
public record TrafficSettings(
        URI url,
        String model,
        Arrivals arrivals,
        double perSecond,
        Duration warmUp,
        Duration duration,
        int mostInFlight,
        Duration timeout,
        long seed,
        FeedbackSettings feedback) {}
