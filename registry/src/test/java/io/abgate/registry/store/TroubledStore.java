package io.abgate.registry.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** A real store with the troubles that a test gives it; several may follow each other over one database. */
public final class TroubledStore {
    /** What goes wrong with the next write. */
    public enum Trouble {
        NONE,
        /** Nothing is written. */
        BEFORE_COMMIT,
        /** All is written, and nobody hears of it. */
        AFTER_COMMIT,
        DEPOSED,
    }

    /** How often the whole ledger was read. */
    public final AtomicInteger folds = new AtomicInteger();

    private final AtomicReference<Trouble> next = new AtomicReference<>(Trouble.NONE);
    private final AtomicReference<CountDownLatch> blocked = new AtomicReference<>(new CountDownLatch(0));
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean full = new AtomicBoolean();
    private final AtomicBoolean shared = new AtomicBoolean();

    /** The next write goes wrong. */
    public void next(Trouble trouble) {
        next.set(trouble);
    }

    /** No write succeeds from now on, or all do again. */
    public void full(boolean isFull) {
        full.set(isFull);
    }

    /** Others could take the lease. */
    public TroubledStore shared() {
        shared.set(true);
        return this;
    }

    /** Writes wait for the latch. */
    public void block(CountDownLatch latch) {
        blocked.set(latch);
    }

    /** Whether a write waits for its latch. */
    public boolean isBlocked() {
        return waiting.get() > 0;
    }

    /** Another has the lease. */
    public static LeaseHeldException held() {
        return new LeaseHeldException("node-b leads");
    }

    /** The store with its troubles. */
    public EventStore over(EventStore real) {
        return (EventStore) Proxy.newProxyInstance(
                TroubledStore.class.getClassLoader(),
                new Class<?>[] {EventStore.class},
                (proxy, method, arguments) -> call(real, method, arguments));
    }

    private Object call(EventStore real, Method method, Object[] arguments) throws Throwable {
        String name = method.getName();
        if (name.equals("isShared")) {
            return shared.get();
        }
        if (name.equals("write")) {
            @SuppressWarnings("unchecked")
            Function<Transaction, Object> work = (Function<Transaction, Object>) arguments[0];
            return write(real, work);
        }
        if (name.equals("renew")) {
            return write(real, Transaction::lastSeq);
        }
        folds.addAndGet(name.equals("fold") ? 1 : 0);
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private Object write(EventStore real, Function<Transaction, Object> work) throws InterruptedException {
        waiting.incrementAndGet();
        blocked.get().await();
        waiting.decrementAndGet();
        Trouble trouble = next.getAndSet(Trouble.NONE);
        if (trouble == Trouble.DEPOSED) {
            throw new DeposedException("node-b leads");
        }
        Object result = real.write(transaction -> {
            Object done = work.apply(transaction);
            if (trouble == Trouble.BEFORE_COMMIT || full.get()) {
                throw new StoreException("the disk is full");
            }
            return done;
        });
        if (trouble == Trouble.AFTER_COMMIT) {
            throw new StoreException("the connection is gone");
        }
        return result;
    }
}
