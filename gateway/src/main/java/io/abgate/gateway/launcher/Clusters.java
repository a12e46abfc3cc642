package io.abgate.gateway.launcher;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.NetworkConfig;
import io.abgate.gateway.configuration.Configuration.Cluster;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.metrics.MetricsOptions;
import io.vertx.core.spi.cluster.ClusterManager;
import io.vertx.spi.cluster.hazelcast.ConfigUtil;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.Map;

/** How processes find each other: Hazelcast over TCP with a fixed list of members, for membership and messages only. */
final class Clusters {
    private static final String LOGGING = "hazelcast.logging.type";
    private static final String VALIDATION = "hazelcast.config.schema.validation.enabled";

    /**
     * Join at once; notice a killed node within a second and a hung one within six; merge again soon after a split.
     * Vert.x is closed by our own hook, which needs Hazelcast to outlive it.
     */
    private static final Map<String, String> PROPERTIES = Map.ofEntries(
            Map.entry(LOGGING, "slf4j"),
            Map.entry("hazelcast.phone.home.enabled", "false"),
            Map.entry("hazelcast.health.monitoring.level", "OFF"), // it would only log what is not logged
            Map.entry("hazelcast.socket.bind.any", "false"),
            Map.entry("hazelcast.shutdownhook.enabled", "false"),
            Map.entry("hazelcast.graceful.shutdown.max.wait", "1"),
            Map.entry("hazelcast.wait.seconds.before.join", "0"),
            Map.entry("hazelcast.max.wait.seconds.before.join", "0"),
            Map.entry("hazelcast.heartbeat.interval.seconds", "1"),
            Map.entry("hazelcast.max.no.heartbeat.seconds", "5"),
            Map.entry("hazelcast.connection.monitor.interval", "100"),
            Map.entry("hazelcast.connection.monitor.max.faults", "1"),
            Map.entry("hazelcast.merge.first.run.delay.seconds", "5"),
            Map.entry("hazelcast.merge.next.run.delay.seconds", "5"));

    private Clusters() {}

    /** A Vert.x that has joined the others, or stands alone when there are none. */
    static Future<Vertx> vertx(Cluster cluster, MeterRegistry meters) {
        VertxOptions options = new VertxOptions()
                // no file is asked of Vert.x, whose folder for copies of them would outlive a process that is killed
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false))
                .setMetricsOptions(new MetricsOptions().setEnabled(true))
                .setEventBusOptions(eventBus(cluster));
        VertxBuilder builder = Vertx.builder().with(options).withMetrics(new HttpMetrics(meters));
        return cluster.isJoined()
                ? builder.withClusterManager(manager(cluster)).buildClustered()
                : Future.succeededFuture(builder.build());
    }

    private static ClusterManager manager(Cluster cluster) {
        // Hazelcast logs while it reads a configuration, before that can say where to
        System.setProperty(LOGGING, "slf4j");
        // the one file that it reads is packed in the jar; to hold it against its schema takes a tenth of the start
        System.setProperty(VALIDATION, "false");
        // the default configuration carries the maps that Vert.x keeps its subscriptions in
        Config config = ConfigUtil.loadConfig();
        config.setClusterName("abgate");
        config.getMetricsConfig().setEnabled(false); // nobody reads Hazelcast's own, and they take time at each start
        PROPERTIES.forEach(config::setProperty);
        NetworkConfig network = config.getNetworkConfig();
        network.setPort(cluster.port()).setPortAutoIncrement(false).setPublicAddress(cluster.host());
        network.getInterfaces().setEnabled(true).addInterface(cluster.host());
        JoinConfig join = network.getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(true).setMembers(cluster.members());
        return new HazelcastClusterManager(config);
    }

    /** Where this process's event bus listens for others. */
    private static EventBusOptions eventBus(Cluster cluster) {
        return new EventBusOptions().setHost(cluster.host()).setClusterPublicHost(cluster.host());
    }
}
