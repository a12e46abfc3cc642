package io.abgate.registry.contract;

import io.abgate.registry.domain.Health;
import io.abgate.registry.domain.Traffic;
import java.util.List;
import java.util.Map;

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
    }

    /** What it saw of one version, by traffic. */
    public record OfVersion(int version, Map<Traffic, Health> traffic) {
        public OfVersion {
            traffic = Map.copyOf(traffic);
        }
    }
}
