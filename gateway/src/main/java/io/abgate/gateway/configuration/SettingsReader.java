package io.abgate.gateway.configuration;

import io.abgate.gateway.configuration.Configuration.Cluster;
import io.abgate.gateway.configuration.Configuration.Listener;
import io.abgate.gateway.configuration.Configuration.Store;
import io.abgate.gateway.overload.Overload;
import io.abgate.registry.domain.ModelSettings;
import io.abgate.registry.store.Stores;
import io.abgate.registry.webhook.WebhookTarget;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Turns settings into a configuration and refuses what would start a process that cannot do its work. */
final class SettingsReader {
    private static final int LARGEST_PORT = 65535;

    private final Settings settings;

    SettingsReader(Settings settings) {
        this.settings = settings;
    }

    Configuration read(List<ModelSettings> models, Datasets datasets) {
        Listener data = listener("data");
        Listener admin = listener("admin");
        settings.at("admin.port")
                .require(admin.port() == 0 || admin.port() != data.port(), "another port than data.port");
        Cluster cluster = cluster();
        Set<Role> roles = roles(cluster);
        Optional<WebhookTarget> webhook =
                roles.contains(Role.REGISTRY) ? new WebhookReader(settings).read() : Optional.empty();
        return new Configuration(data, admin, overload(), home(), roles, cluster, store(), webhook, models, datasets);
    }

    private Listener listener(String name) {
        Value host = settings.at(name + ".host");
        host.require(
                Addresses.isLoopback(host.text()),
                "a loopback address; other addresses need API keys, which this version does not have");
        return new Listener(host.text(), settings.at(name + ".port").wholeNumber(0, LARGEST_PORT));
    }

    private Overload overload() {
        return new Overload(
                bound("turnMillis"), bound("forMillis"), bound("atLeast"), bound("inFlight"), bound("bodyMegabytes"));
    }

    private int bound(String name) {
        return settings.at("data.overload." + name).wholeNumber(1, Overload.MOST);
    }

    private Cluster cluster() {
        Value host = settings.at("cluster.host");
        host.require(
                Addresses.isLoopback(host.text()),
                "a loopback address; members of a cluster trust each other, and other addresses need keys,"
                        + " which this version does not have");
        int port = settings.at("cluster.port").wholeNumber(1, LARGEST_PORT);
        return new Cluster(host.text(), port, settings.at("cluster.members").list(SettingsReader::member));
    }

    private static String member(Value member) {
        String text = member.text();
        int colon = text.lastIndexOf(':');
        member.require(colon > 0 && Addresses.isPort(text.substring(colon + 1)), "host:port");
        return text;
    }

    private Path home() {
        Value home = settings.at("home");
        try {
            return Path.of(home.text());
        } catch (InvalidPathException e) {
            throw home.refusal("a path");
        }
    }

    private Set<Role> roles(Cluster cluster) {
        Value value = settings.at("roles");
        Set<Role> roles = EnumSet.noneOf(Role.class);
        roles.addAll(value.list(role -> role.choice(Role.class)));
        value.require(!roles.isEmpty(), "at least one of gateway, model, registry");
        value.require(
                cluster.isJoined() || roles.size() == Role.values().length,
                "gateway, model and registry, as cluster.members is empty");
        return roles;
    }

    private Store store() {
        Value url = settings.at("store.url");
        try {
            Stores.requireUrl(url.text());
        } catch (IllegalArgumentException e) { // which hides a password, as a refusal of this value would not
            throw new ConfigurationException(url.source() + ": " + e.getMessage());
        }
        return new Store(url.text());
    }
}
