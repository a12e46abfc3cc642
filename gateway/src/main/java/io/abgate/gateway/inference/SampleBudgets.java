package io.abgate.gateway.inference;

import io.abgate.registry.domain.ModelSettings;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The sample budgets of a process, one a model. */
public final class SampleBudgets {
    private final Map<String, SampleBudget> budgets;

    public SampleBudgets(Collection<ModelSettings> models) {
        budgets = models.stream()
                .collect(Collectors.toUnmodifiableMap(
                        ModelSettings::name,
                        model -> new SampleBudget(model.serving().samplesPerSecond())));
    }

    SampleBudget of(String model) {
        return Objects.requireNonNull(budgets.get(model), model);
    }
}
