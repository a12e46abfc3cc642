package io.abgate.gateway.launcher;

import io.abgate.gateway.configuration.Configuration;
import io.abgate.gateway.configuration.Role;
import io.abgate.registry.keys.KeyRing;
import io.abgate.registry.keys.TokenKeys;
import io.vertx.core.Future;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node for a thread that may block: started, stopped once, and stopped by the process's own end too. */
public final class RunningNode implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunningNode.class);
    private static final long START_MILLIS = 60_000;
    /** Together what a SIGTERM leaves us, with room to spare for the JVM itself. */
    private static final long DRAIN_MILLIS = 2_000;

    private static final long CLOSE_MILLIS = 1_000;

    private final Node node;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::close, "abgate-stop");
    private final Runnable afterwards;
    private volatile boolean failed;
    private boolean stopped;

    private RunningNode(Node node, Runnable afterwards) {
        this.node = node;
        this.afterwards = afterwards;
    }

    /**
     * Starts a node; when a role cannot start, none is left running.
     *
     * @throws StartException whose message is one line for a person
     */
    public static RunningNode start(Configuration configuration) throws InterruptedException {
        return start(configuration, () -> {});
    }

    /** Starts a node as above; {@code afterwards} runs once it is closed, however it came to its end. */
    static RunningNode start(Configuration configuration, Runnable afterwards) throws InterruptedException {
        PortInUse.check(configuration);
        RunningNode node =
                new RunningNode(await(Node.join(configuration, keys(configuration)), START_MILLIS), afterwards);
        Runtime.getRuntime().addShutdownHook(node.hook);
        try {
            await(node.node.deploy(), START_MILLIS);
        } catch (StartException | InterruptedException e) {
            node.close();
            throw e;
        }
        node.node.fatal().onSuccess(node::fail);
        return node;
    }

    /** Ends the node away from its event loops, which must go on until it is closed. */
    private void fail(String reason) {
        LOG.error("this process ends: {}", reason);
        failed = true;
        new Thread(this::close, "abgate-fatal").start();
    }

    /** Whether it came to its end because it could not go on. */
    boolean hasFailed() {
        return failed;
    }

    /** Who keeps no registry needs the keys of one: better said before it joins a cluster. */
    private static KeyRing keys(Configuration configuration) {
        try {
            if (configuration.roles().contains(Role.REGISTRY)) {
                TokenKeys.createIfAbsent(configuration.home());
            }
            return KeyRing.open(configuration.home(), InstantSource.system());
        } catch (UncheckedIOException e) {
            throw new StartException(new IllegalStateException(
                    "home: " + configuration.home() + " (expected: a folder that this process may write; "
                            + e.getCause() + ")",
                    e));
        } catch (IllegalArgumentException e) {
            throw new StartException(e);
        }
    }

    private static <T> T await(Future<T> future, long millis) throws InterruptedException {
        try {
            return future.toCompletionStage().toCompletableFuture().get(millis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new StartException(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw new StartException(new IllegalStateException("not done within " + millis + " ms", e));
        }
    }

    /** Where applications are served; absent without the role gateway. */
    public @Nullable String dataUrl() {
        return node.dataUrl();
    }

    /** Where operators are served. */
    public String adminUrl() {
        return node.adminUrl();
    }

    /** Blocks until the node has ended. */
    public void awaitEnd() throws InterruptedException {
        ended.await();
    }

    @Override
    public synchronized void close() {
        if (stopped) {
            return;
        }
        stopped = true;
        try {
            awaitOrWarn(node.drain(), DRAIN_MILLIS);
            awaitOrWarn(node.close(), CLOSE_MILLIS);
            afterwards.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            forgetHook();
            ended.countDown();
        }
    }

    private static void awaitOrWarn(Future<?> ending, long millis) throws InterruptedException {
        try {
            await(ending, millis);
        } catch (StartException e) {
            LOG.warn("not everything was closed: {}", String.valueOf(e.getMessage()));
        }
    }

    /** The process would keep a node that is closed, and all that it holds, until its own end. */
    private void forgetHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.debug("the process is ending: {}", e.getMessage());
        }
    }
}
