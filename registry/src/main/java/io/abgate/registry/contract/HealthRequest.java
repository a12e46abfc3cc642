package io.abgate.registry.contract;

import java.util.List;

/** How do the versions of these models answer? */
public record HealthRequest(List<String> models) {
    public HealthRequest {
        models = List.copyOf(models);
    }
}
