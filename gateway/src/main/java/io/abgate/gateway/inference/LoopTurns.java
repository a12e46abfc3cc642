package io.abgate.gateway.inference;

import io.abgate.gateway.overload.Turns;
import io.vertx.core.Context;
import io.vertx.core.Handler;

/** Tells turns of an event loop apart: what is put off in one of them runs when it has seen to all its sockets. */
final class LoopTurns {
    private final Context context;
    private final Turns turns;
    private final Handler<Void> end;

    LoopTurns(Context context, Turns turns) {
        this.context = context;
        this.turns = turns;
        this.end = over -> turns.end();
    }

    /** Whether a request of so many bytes that is looked at now is to be answered, and not refused. */
    boolean takes(long nowNanos, int bytes) {
        if (turns.begins(nowNanos)) {
            context.runOnContext(end);
        }
        return turns.takes(nowNanos, bytes);
    }

    /** Whether a request that is looked at now would be refused, whatever it says. */
    boolean isFull(long nowNanos) {
        return turns.isFull(nowNanos);
    }

    void answered(long nowNanos) {
        turns.answered(nowNanos);
    }
}
