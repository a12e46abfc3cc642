package io.abgate.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.gateway.Models;
import io.abgate.gateway.health.ClusterHealth.Gathered;
import io.abgate.registry.contract.HealthReport.OfModel;
import io.abgate.registry.contract.HealthReport.OfVersion;
import io.abgate.registry.domain.ErrorRate;
import io.abgate.registry.domain.Health;
import io.abgate.registry.domain.Health.Lifetime;
import io.abgate.registry.domain.RoutedVersion;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.domain.Traffic;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HealthTextTest {
    private static final OfVersion SOUND = seen(1, new ErrorRate(0, 10));
    private static final OfVersion BROKEN = seen(2, new ErrorRate(9, 10));

    private static OfVersion seen(int version, ErrorRate rate) {
        Health health = new Health(new Lifetime(rate, 0, 0), rate, 0, List.of());
        return new OfVersion(version, Map.of(Traffic.USERS, health));
    }

    private static String status(Optional<List<RoutedVersion>> routed, OfVersion... versions) {
        OfModel mail = new OfModel("mail", 0, List.of(versions));
        Gathered gathered = new Gathered(Map.of("mail", mail), Map.of("here", true));
        return new HealthText("mail", 0.05, gathered).everything(routed).getString("status");
    }

    private static Optional<List<RoutedVersion>> table(double ofOne, double ofTwo) {
        return Optional.of(List.of(Models.version(1, Stage.CHAMPION, ofOne), Models.version(2, Stage.CANARY, ofTwo)));
    }

    @Test
    void withoutATableEveryVersionIsJudged() {
        assertThat(status(Optional.empty(), SOUND, BROKEN)).isEqualTo("degraded");
        assertThat(status(Optional.empty(), SOUND)).isEqualTo("healthy");
        assertThat(status(Optional.empty())).isEqualTo("no data");
    }

    @Test
    void withATableThoseWithAShareAre() {
        assertThat(status(table(1, 0), SOUND, BROKEN)).isEqualTo("healthy");
        assertThat(status(table(1, Double.MIN_VALUE), SOUND, BROKEN)).isEqualTo("degraded");
        assertThat(status(table(0, 1), SOUND, BROKEN)).isEqualTo("degraded");
    }

    @Test
    void ofAShareThatNobodyAskedNothingIsKnown() {
        assertThat(status(table(0, 1), SOUND)).isEqualTo("no data");
        assertThat(status(Optional.of(List.of()), SOUND, BROKEN)).isEqualTo("no data");
    }
}
