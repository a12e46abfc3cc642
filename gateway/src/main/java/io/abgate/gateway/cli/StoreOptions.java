package io.abgate.gateway.cli;

import io.abgate.gateway.configuration.Configuration;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which database a command works on without a gateway: unless told otherwise the one that {@code serve} would use. */
final class StoreOptions {
    private static final String POSTGRESQL = "postgresql:";

    @Option(names = "--store", paramLabel = "URL", description = "As store.url of serve.")
    private @Nullable String url;

    @Option(names = "--home", paramLabel = "DIR", description = "As home of serve (default: ./abgate-home).")
    private @Nullable Path home;

    @Option(names = "--config", paramLabel = "FILE", description = "The abgate.yaml that serve is given.")
    private @Nullable Path config;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "As serve is given it.")
    private List<String> assignments = List.of();

    /**
     * Where the truth is kept.
     *
     * @param url of the database
     * @param home folder of the keys, and of the database if that is a file
     */
    record Place(String url, Path home) {
        boolean isPostgresql() {
            return url.startsWith(POSTGRESQL);
        }
    }

    /** Whether anything of it was said. */
    boolean areGiven() {
        return url != null || home != null || config != null || !assignments.isEmpty();
    }

    /** A configuration is read only if it is needed: a database can be looked at when a configuration is broken. */
    Place place() {
        if (url != null && home != null) {
            return new Place(url, home);
        }
        Configuration configuration = Configuration.load(config, System.getenv(), assignments);
        return new Place(url != null ? url : configuration.store().url(), home != null ? home : configuration.home());
    }
}
