package io.abgate.gateway.traffic;

import io.abgate.registry.domain.IssuedIds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows that got a prediction id on one context, by the time in the id. Allocates for a place of the grid, and for a
 * version in it, but for no request.
 */
final class IdCounts {
    private final List<Place> places = new ArrayList<>();
    private @Nullable Place newest;

    /** One place of the grid. */
    private static final class Place {
        final long fromMillis;
        private int[] versions = {};
        private long[] rows = {};

        Place(long fromMillis) {
            this.fromMillis = fromMillis;
        }

        boolean holds(long timeMillis) {
            long into = timeMillis - fromMillis;
            return into >= 0 && into < IssuedIds.GRID_MILLIS;
        }

        void add(int version, int more) {
            int at = 0;
            while (at < versions.length && versions[at] != version) {
                at++;
            }
            if (at == versions.length) {
                versions = Arrays.copyOf(versions, at + 1);
                versions[at] = version;
                rows = Arrays.copyOf(rows, at + 1);
            }
            rows[at] += more;
        }

        void tell(List<IssuedIds.Rows> told) {
            for (int at = 0; at < versions.length; at++) {
                told.add(new IssuedIds.Rows(fromMillis, versions[at], rows[at]));
            }
        }
    }

    void add(int version, int rows, long timeMillis) {
        Place place = newest;
        if (place == null || !place.holds(timeMillis)) {
            place = open(timeMillis);
            newest = place;
        }
        place.add(version, rows);
    }

    private Place open(long timeMillis) {
        for (Place place : places) {
            if (place.holds(timeMillis)) { // the clock was set back
                return place;
            }
        }
        Place opened = new Place(IssuedIds.gridMillis(timeMillis));
        places.add(opened);
        return opened;
    }

    /** Those of places that end by this time of the same clock, and were not collected before. */
    List<IssuedIds.Rows> collect(long untilMillis) {
        List<IssuedIds.Rows> told = new ArrayList<>();
        for (Place place : List.copyOf(places)) {
            if (place.fromMillis < untilMillis) {
                place.tell(told);
                places.remove(place);
                newest = newest == place ? null : newest;
            }
        }
        return told;
    }
}
