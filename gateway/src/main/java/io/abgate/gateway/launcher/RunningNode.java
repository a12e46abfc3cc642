package io.abgate.gateway.launcher;

import io.abgate.gateway.configuration.Configuration;
import io.abgate.gateway.configuration.Role;
import io.abgate.gateway.security.TokenKeys;
import io.vertx.core.Future;
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
    private static final long START_SECONDS = 60;
    /** What a SIGTERM leaves us, with room to spare for the JVM itself. */
    private static final long STOP_MILLIS = 2_500;

    private final Node node;
    private final CountDownLatch ended = new CountDownLatch(1);
    private boolean stopped;

    private RunningNode(Node node) {
        this.node = node;
    }

    /**
     * Starts a node; when a role cannot start, none is left running.
     *
     * @throws StartException whose message is one line for a person
     */
    public static RunningNode start(Configuration configuration) throws InterruptedException {
        PortInUse.check(configuration);
        checkKeys(configuration);
        RunningNode node = new RunningNode(await(Node.join(configuration)));
        try {
            await(node.node.deploy());
        } catch (StartException e) {
            node.close();
            throw e;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(node::close, "abgate-stop"));
        return node;
    }

    /** A gateway without the registry needs the registry's keys: better said before it joins a cluster. */
    private static void checkKeys(Configuration configuration) {
        if (configuration.roles().contains(Role.GATEWAY)
                && !configuration.roles().contains(Role.REGISTRY)) {
            try {
                TokenKeys.load(configuration.home());
            } catch (IllegalArgumentException e) {
                throw new StartException(e);
            }
        }
    }

    private static <T> T await(Future<T> starting) throws InterruptedException {
        try {
            return starting.toCompletionStage().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new StartException(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw new StartException(new IllegalStateException("not started within " + START_SECONDS + " s", e));
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
        Future<Void> stopping = node.stop();
        try {
            stopping.toCompletionStage().toCompletableFuture().get(STOP_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("not everything was closed in time: {}", String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended.countDown();
        }
    }
}
