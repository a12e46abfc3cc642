package io.abgate.gateway.http;

/** Bytes that one event loop may hold of bodies that are still arriving. For that loop's thread alone. */
public final class BodyBudget {
    private final long most;
    private long held;

    /** So many bytes at a time. */
    public BodyBudget(long mostBytes) {
        most = mostBytes;
    }

    /** Takes bytes, which are to be given back; says whether there were so many. */
    boolean take(int bytes) {
        if (held + bytes > most) {
            return false;
        }
        held += bytes;
        return true;
    }

    void giveBack(int bytes) {
        held -= bytes;
    }
}
