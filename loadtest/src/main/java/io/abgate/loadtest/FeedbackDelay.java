package io.abgate.loadtest;

import java.time.Duration;

/**
 * How long after an answer its truth is reported, spread evenly between two times.
 *
 * @param longest no shorter than {@code shortest}
 */
record FeedbackDelay(Duration shortest, Duration longest) {
    @Override
    public String toString() {
        String from = TrafficOptions.seconds(shortest);
        return shortest.equals(longest) ? from : from + " to " + TrafficOptions.seconds(longest);
    }
}
