package io.abgate.loadtest.traffic;

/** What became of an arrival. */
public enum Outcome {
    /** Sent, and nothing came back so far. */
    OPEN,
    ANSWERED,
    /** Answered by another version than the one it went to, as the gateway itself says. */
    FALLBACK,
    /** Answered by another version than the one in the URL. */
    OTHER_VERSION,
    /** Answered with an HTTP status other than 200, or with no sound answer. */
    REFUSED,
    /** The connection broke or could not be made. */
    BROKEN,
    /** No answer in time. */
    TIMED_OUT,
    /** Not sent: too many were in flight. */
    MISSED;

    /** Whether an application would have got a prediction. */
    public boolean isServed() {
        return this == ANSWERED || this == FALLBACK;
    }

    /**
     * Whether the arrival's latency is known: how long an answer took, or that it took longer than anyone waits. All
     * others, refused ones too, got no prediction however long they waited, and rank above every latency.
     */
    public boolean hasLatency() {
        return isServed() || this == TIMED_OUT;
    }

    /** In lower case, with hyphens. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
