package io.abgate.gateway.traffic;

import io.abgate.gateway.traffic.ModelTraffic.Counted;
import io.abgate.registry.domain.ModelSettings;
import io.vertx.core.CompositeFuture;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What all contexts of a process count. They share the keys that they have seen, so that the process is one stream; each
 * is read on its own thread. Safe for all threads.
 */
public final class NodeTraffic {
    private final Map<String, Experiments> experiments = new ConcurrentHashMap<>();
    private final List<Member> members = new CopyOnWriteArrayList<>();

    /** Nobody yet. */
    public NodeTraffic() {}

    private record Member(Context context, String model, ModelTraffic traffic) {
        Future<Counted> collect(long nowNanos, long untilMillis) {
            Promise<Counted> counted = Promise.promise();
            context.runOnContext(here -> counted.complete(traffic.collect(nowNanos, untilMillis)));
            return counted.future();
        }
    }

    /** A context counts requests of a model from now on: for that context's thread alone. */
    public ModelTraffic join(Context context, ModelSettings model) {
        ModelTraffic traffic =
                new ModelTraffic(model, experiments.computeIfAbsent(model.name(), first -> new Experiments()));
        members.add(new Member(context, model.name(), traffic));
        return traffic;
    }

    /**
     * What is over by this moment and was not collected before, by model; told on no context in particular.
     *
     * @param untilMillis no later than now, so that no context gives ids of an earlier time when it is asked
     */
    Future<Map<String, List<Counted>>> collect(long nowNanos, long untilMillis) {
        List<Member> asked = List.copyOf(members);
        return Future.all(asked.stream()
                        .map(member -> member.collect(nowNanos, untilMillis))
                        .toList())
                .<List<Counted>>map(CompositeFuture::list)
                .map(counted -> byModel(asked, counted));
    }

    private static Map<String, List<Counted>> byModel(List<Member> asked, List<Counted> counted) {
        Map<String, List<Counted>> models = new HashMap<>();
        for (int i = 0; i < asked.size(); i++) {
            models.computeIfAbsent(asked.get(i).model(), first -> new ArrayList<>())
                    .add(counted.get(i));
        }
        return models;
    }
}
