package io.abgate.loadtest;

import java.io.IOException;
import java.util.Random;

/** Somebody who uses a process: sends requests, one at a time, and keeps in mind what became of each. */
interface Client {
    /** Sends the next request; fails when the connection breaks, and then nobody knows whether it was done. */
    void next(GatewayClient to, Random random) throws IOException;

    /** Sees to it at a process that was started again that what was acknowledged is there once, and the rest whole. */
    void check(GatewayClient at, Ledger ledger) throws IOException;
}
