package io.abgate.loadtest;

/** How the process ends. */
final class ExitCode {
    /** Everything asked for holds. */
    static final int FINE = 0;
    /** A threshold was missed, a candidate is worse, or no request was answered. */
    static final int MISSED = 1;
    /** The call is wrong. */
    static final int USAGE = 2;
    /** Something was not measured: no gateway, no such model or version, unusable data, no request due; or no report written. */
    static final int NOT_RUN = 3;
    /** The generator was saturated or the sample ratio is off: figures say nothing of the gateway. */
    static final int NOT_VALID = 4;

    private ExitCode() {}
}
