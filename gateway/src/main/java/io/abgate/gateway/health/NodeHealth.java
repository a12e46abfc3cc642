package io.abgate.gateway.health;

import io.abgate.registry.contract.HealthReport;
import io.abgate.registry.contract.HealthReport.OfModel;
import io.abgate.registry.contract.HealthReport.OfVersion;
import io.abgate.registry.domain.Health;
import io.abgate.registry.domain.Traffic;
import io.vertx.core.CompositeFuture;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** What all contexts of a process saw. Each is read on its own thread; safe for all threads. */
public final class NodeHealth {
    private final List<Member> members = new CopyOnWriteArrayList<>();

    /** Nobody yet. */
    public NodeHealth() {}

    private record Member(Context context, Map<String, ModelAttempts> models) {
        Future<Map<String, ModelAttempts.Copy>> copies(Collection<String> wanted) {
            Promise<Map<String, ModelAttempts.Copy>> copies = Promise.promise();
            context.runOnContext(here -> copies.complete(copiesHere(wanted)));
            return copies.future();
        }

        private Map<String, ModelAttempts.Copy> copiesHere(Collection<String> wanted) {
            Map<String, ModelAttempts.Copy> copies = new HashMap<>(models.size());
            models.forEach((name, attempts) -> {
                if (wanted.contains(name)) {
                    copies.put(name, attempts.copy());
                }
            });
            return copies;
        }
    }

    /**
     * A context notes its attempts from now on.
     *
     * @param models by name; touched by the context alone
     */
    public void join(Context context, Map<String, ModelAttempts> models) {
        members.add(new Member(context, Map.copyOf(models)));
    }

    /** What is known now of these models; put together and told on the context that asks, if it is one. */
    public Future<HealthReport> report(String node, Collection<String> models) {
        List<Future<Map<String, ModelAttempts.Copy>>> asked =
                members.stream().map(member -> member.copies(models)).toList();
        Context asking = Vertx.currentContext();
        Promise<List<Map<String, ModelAttempts.Copy>>> copied = Promise.promise();
        Future.all(asked)
                .<List<Map<String, ModelAttempts.Copy>>>map(CompositeFuture::list)
                .onComplete(copies -> {
                    if (asking == null) {
                        copied.handle(copies);
                    } else { // else merging would hold up predictions, on the loop that copied last
                        asking.runOnContext(there -> copied.handle(copies));
                    }
                });
        return copied.future().map(contexts -> report(node, models, contexts));
    }

    private static HealthReport report(
            String node, Collection<String> models, List<Map<String, ModelAttempts.Copy>> contexts) {
        return new HealthReport(
                node, models.stream().map(name -> ofModel(name, contexts)).toList());
    }

    private static OfModel ofModel(String name, List<Map<String, ModelAttempts.Copy>> contexts) {
        List<ModelAttempts.Copy> copies = contexts.stream()
                .map(copy -> copy.getOrDefault(name, ModelAttempts.Copy.NONE))
                .toList();
        TreeSet<Integer> versions = copies.stream()
                .flatMap(copy -> copy.versions().keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        return new OfModel(
                name,
                copies.stream().mapToLong(ModelAttempts.Copy::rejected).sum(),
                versions.stream().map(version -> ofVersion(version, copies)).toList());
    }

    private static OfVersion ofVersion(int version, List<ModelAttempts.Copy> copies) {
        Map<Traffic, Health> health = new EnumMap<>(Traffic.class);
        for (Traffic traffic : Traffic.values()) {
            List<Recent> contexts = copies.stream()
                    .map(copy -> copy.versions().getOrDefault(version, Map.of()).get(traffic))
                    .filter(Objects::nonNull)
                    .toList();
            if (!contexts.isEmpty()) {
                health.put(traffic, Windows.merged(contexts));
            }
        }
        return new OfVersion(version, health);
    }
}
