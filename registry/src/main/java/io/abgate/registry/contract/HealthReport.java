package io.abgate.registry.contract;

import io.abgate.registry.domain.Health;
import io.abgate.registry.domain.Traffic;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one gateway node saw of the versions of the models of a {@link HealthRequest}.
 *
 * @param node its name
 */
public record HealthReport(String node, List<OfModel> models) {
    public HealthReport {
        models = List.copyOf(models);
    }

    /**
     * What it saw of one model.
     *
     * @param rejected requests that were refused for what they asked, by the gateway or by a version
     * @param versions that were asked anything
     */
    public record OfModel(String model, long rejected, List<OfVersion> versions) {
        public OfModel {
            versions = List.copyOf(versions);
        }

        /** What this and another node saw of the same model. */
        public OfModel plus(OfModel other) {
            Map<Integer, OfVersion> all = new TreeMap<>();
            versions.forEach(version -> all.put(version.version(), version));
            other.versions.forEach(version -> all.merge(version.version(), version, OfVersion::plus));
            return new OfModel(model, rejected + other.rejected, List.copyOf(all.values()));
        }
    }

    /** What it saw of one version, by traffic. */
    public record OfVersion(int version, Map<Traffic, Health> traffic) {
        public OfVersion {
            traffic = Map.copyOf(traffic);
        }

        /** At one kind of traffic; of one that never came nothing is known. */
        public Health at(Traffic kind) {
            return traffic.getOrDefault(kind, Health.NONE);
        }

        OfVersion plus(OfVersion other) {
            Map<Traffic, Health> all = new EnumMap<>(Traffic.class);
            all.putAll(traffic);
            other.traffic.forEach((kind, health) -> all.merge(kind, health, Health::plus));
            return new OfVersion(version, all);
        }
    }
}
