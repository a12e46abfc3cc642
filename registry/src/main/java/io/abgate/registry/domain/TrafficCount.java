package io.abgate.registry.domain;

/**
 * Requests that the split gave to one version while one route table was in force, pinned and overridden ones left out.
 *
 * @param epoch of the table
 * @param version that they were assigned to
 * @param requests that are over
 * @param rows that were answered, by whichever version: so many prediction ids were given out
 * @param units requests that count for comparisons: of each routing key the first one of an experiment, and every one
 *     without a key
 * @param failed units that the version did not answer, refusals of the input included
 * @param slow units that took longer than the model's limit, from the whole request to its end
 */
public record TrafficCount(long epoch, int version, long requests, long rows, long units, long failed, long slow) {
    public TrafficCount {
        Check.that(rows >= 0, "rows", rows, "a number from 0");
        Check.that(units >= 0 && units <= requests, "units", units, "0 to " + requests);
        Check.that(failed >= 0 && failed <= units, "failed", failed, "0 to " + units);
        Check.that(slow >= 0 && slow <= units, "slow", slow, "0 to " + units);
    }

    /** Both together, of the same epoch and version. */
    public TrafficCount plus(TrafficCount more) {
        return new TrafficCount(
                epoch,
                version,
                requests + more.requests,
                rows + more.rows,
                units + more.units,
                failed + more.failed,
                slow + more.slow);
    }
}
