package io.abgate.gateway.configuration;

import io.abgate.gateway.overload.Overload;
import io.abgate.registry.domain.ModelSettings;
import io.abgate.registry.webhook.WebhookTarget;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that operators say of one process, checked as a whole.
 *
 * @param data listener of applications
 * @param admin listener of operators
 * @param overload from when on predictions are refused
 * @param home folder of keys and database; need not exist
 * @param webhook that a leading registry tells of alerts; empty for none, and without the role registry
 * @param models by name
 */
public record Configuration(
        Listener data,
        Listener admin,
        Overload overload,
        Path home,
        Set<Role> roles,
        Cluster cluster,
        Store store,
        Optional<WebhookTarget> webhook,
        List<ModelSettings> models,
        Datasets datasets) {

    public Configuration {
        roles = Set.copyOf(roles);
        models = List.copyOf(models);
    }

    /**
     * Where a listener binds.
     *
     * @param port 0 takes any free one
     */
    public record Listener(String host, int port) {}

    /**
     * Where nodes meet.
     *
     * @param members {@code host:port} of each; empty without a cluster
     */
    public record Cluster(String host, int port, List<String> members) {
        public Cluster {
            members = List.copyOf(members);
        }

        /** Whether this process joins others. */
        public boolean isJoined() {
            return !members.isEmpty();
        }

        /** Whether members find this process by the list: its own address is in it, where there is one. */
        public boolean isListed() {
            return members.isEmpty() || members.stream().anyMatch(this::isThis);
        }

        private boolean isThis(String member) {
            int colon = member.lastIndexOf(':');
            return Integer.parseInt(member.substring(colon + 1)) == port
                    && Addresses.isSame(member.substring(0, colon), host);
        }
    }

    /**
     * The registry's database.
     *
     * @param url {@code sqlite:} for a file in home, or {@code sqlite:FILE}
     */
    public record Store(String url) {}

    /**
     * Reads the packed defaults, then {@code file} with the {@code models/}, {@code suites/} and {@code datasets/}
     * beside it, then variables that start with {@code ABGATE_CFG_}, then assignments; each goes before the ones read earlier.
     *
     * @param assignments {@code key=value} each
     * @throws ConfigurationException at the first thing that cannot be used
     */
    public static Configuration load(@Nullable Path file, Map<String, String> environment, List<String> assignments) {
        Folder packed = PackedTree.ROOT;
        Settings settings = new Settings(packed.yaml("abgate.yaml"));
        Folder own = packed;
        if (file != null) {
            own = Folder.of(file);
            settings.file(own.yaml(file.getFileName().toString()));
        }
        settings.environment(environment);
        assignments.forEach(settings::assignment);
        Datasets datasets = new Datasets(nearest(own, packed, "datasets"));
        SuiteFiles suites = new SuiteFiles(nearest(own, packed, "suites"));
        List<ModelSettings> models = new ModelFiles(nearest(own, packed, "models"), datasets, suites).read();
        return new SettingsReader(settings).read(models, datasets);
    }

    private static Folder nearest(Folder own, Folder packed, String name) {
        Folder folder = own.folder(name);
        return folder.exists() ? folder : packed.folder(name);
    }
}
