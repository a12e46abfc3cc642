package io.abgate.model;

import io.abgate.model.routing.KnownTable;
import io.abgate.model.routing.RouteBook;
import io.abgate.registry.contract.Addresses;
import io.abgate.registry.contract.NodeReport;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The role {@code model} of a process: hosts the versions that route tables name, and reports which of them are warm.
 * One a process, on an event loop.
 */
public final class ModelNodeVerticle extends VerticleBase {
    private static final long PERIOD_MILLIS = 1000;
    private static final long GRACE_MILLIS = 2000;
    private static final Backoff RETRY = new Backoff(500, 30_000);

    private final long incarnation;
    private final Hosting.Settings settings;
    private final RouteBook book;
    private @Nullable Hosting hosting;

    /**
     * The role of this process.
     *
     * @param node name of this process
     * @param incarnation when it started, in milliseconds since 1970
     * @param hosted where versions are entered as soon as they are warm
     * @param book whose tables name what is to be hosted
     * @param cache where artifacts are kept
     */
    public ModelNodeVerticle(String node, long incarnation, HostedModels hosted, RouteBook book, ArtifactCache cache) {
        this(
                incarnation,
                new Hosting.Settings(
                        node,
                        hosted,
                        new Hosting.Artifacts(ModelFormats.installed(), cache, book.binding()),
                        GRACE_MILLIS,
                        RETRY),
                book);
    }

    ModelNodeVerticle(long incarnation, Hosting.Settings settings, RouteBook book) {
        this.incarnation = incarnation;
        this.settings = settings;
        this.book = book;
    }

    @Override
    public Future<?> start() {
        hosting = new Hosting(vertx, settings, this::report);
        book.onChange(() -> context.runOnContext(changed -> follow()));
        follow();
        vertx.setPeriodic(0, PERIOD_MILLIS, timer -> report());
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        report(); // its versions are undeployed by now: tells the registry before the node is missed
        return Future.succeededFuture();
    }

    private void follow() {
        if (hosting != null) {
            hosting.want(book.tables().values().stream()
                    .map(KnownTable::table)
                    .flatMap(VersionKey::of)
                    .collect(Collectors.toSet()));
        }
    }

    private void report() {
        NodeReport report =
                new NodeReport(settings.node(), incarnation, settings.hosted().list(), false, List.of());
        vertx.eventBus().publish(Addresses.NODES, report, book.binding().within(PERIOD_MILLIS));
    }
}
