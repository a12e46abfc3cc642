package io.abgate.loadtest.traffic;

/** Somebody who watches a run. */
public interface Progress {
    /** Called a few times a second, on the event loop that sends: must be quick. */
    void show(Status status);
}
