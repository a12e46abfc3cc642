package io.abgate.registry.contract;

import io.abgate.registry.domain.SuiteCase;
import java.util.List;

/** Run one artifact through these cases, in this order. */
public record SuiteOrder(Artifact artifact, List<SuiteCase> cases) {
    public SuiteOrder {
        cases = List.copyOf(cases);
    }
}
