package io.abgate.registry;

import io.abgate.registry.store.LabelRow;
import io.abgate.registry.store.Ledger;
import io.abgate.registry.store.SampleRow;
import io.abgate.registry.store.StoredEvent;

/** Keeps the lease while a long ledger is read: else another would take it meanwhile, and so on in turns. */
final class RenewingLedger implements Ledger {
    private static final int EVERY = 1_000;

    private final Ledger ledger;
    private final Runnable renew;
    private long seen;

    RenewingLedger(Ledger ledger, Runnable renew) {
        this.ledger = ledger;
        this.renew = renew;
    }

    private void count() {
        if (++seen % EVERY == 0) {
            renew.run();
        }
    }

    @Override
    public void event(StoredEvent event) {
        count();
        ledger.event(event);
    }

    @Override
    public void label(LabelRow label) {
        count();
        ledger.label(label);
    }

    @Override
    public void sample(SampleRow sample) {
        count();
        ledger.sample(sample);
    }
}
