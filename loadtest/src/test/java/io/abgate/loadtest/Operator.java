package io.abgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;

/** Gives orders with an idempotency key each, and gives one again with the same key when its answer never came. */
final class Operator implements Client {
    private final Function<Random, Order> plan;
    private final List<Order> done = new ArrayList<>();
    private final List<Order> refused = new ArrayList<>();
    private Optional<Order> unanswered = Optional.empty();

    /** One who gives the orders that {@code plan} makes up. */
    private Operator(Function<Random, Order> plan) {
        this.plan = plan;
    }

    /** Its key is its reason too, so that the event that came of it can be told from others. */
    private record Order(String path, ObjectNode body, String key) {
        static Order of(String word, ObjectNode body) {
            String key = UUID.randomUUID().toString();
            return new Order("/models/" + Sides.NAME + "/" + word, body.put("reason", key), key);
        }

        HttpRequest.Builder to(GatewayClient client) {
            return client.admin(path).header("Idempotency-Key", key).POST(GatewayClient.body(body));
        }
    }

    /** Moves versions between stages, of which so many exist that were not made here. */
    static Operator ofStages(Registrar registrar) {
        return new Operator(random -> {
            ObjectNode body = GatewayClient.object();
            body.put("version", 1 + random.nextInt(registrar.made() + 1)).put("force", true);
            return switch (random.nextInt(5)) {
                case 0 -> Order.of("abort", GatewayClient.object());
                case 1 -> Order.of("rollback", GatewayClient.object());
                case 2 -> Order.of("promote", body.put("to", "canary").put("share", 0.3));
                case 3 -> Order.of("promote", body.put("to", "shadow"));
                default -> Order.of("promote", body);
            };
        });
    }

    /** Stops and starts what happens by itself. */
    static Operator ofAutomation() {
        return new Operator(random -> Order.of(random.nextBoolean() ? "pause" : "resume", GatewayClient.object()));
    }

    @Override
    public void next(GatewayClient to, Random random) throws IOException {
        order(to, random);
    }

    /** Gives an order, the last one again if it may not have been carried out; gives what is answered to that. */
    HttpResponse<String> order(GatewayClient to, Random random) throws IOException {
        Order order = unanswered.orElseGet(() -> plan.apply(random));
        unanswered = Optional.of(order);
        HttpResponse<String> response = GatewayClient.send(order.to(to));
        keep(order, response);
        return response;
    }

    private void keep(Order order, HttpResponse<String> response) {
        boolean perhaps = response.statusCode() == 503 || response.body().contains("idempotency-key-in-use");
        if (perhaps) {
            return;
        }
        assertThat(response.statusCode()).as(response.body()).isIn(200, 404, 409);
        unanswered = Optional.empty();
        (response.statusCode() == 200 ? done : refused).add(order);
    }

    @Override
    public void check(GatewayClient at, Ledger ledger) throws IOException {
        unanswered.ifPresent(order -> giveAgain(at, order, ledger));
        if (!done.isEmpty()) { // what is done is not done again
            assertThat(GatewayClient.good(done.get(done.size() - 1).to(at)).isObject())
                    .isTrue();
        }
        ledger.read(at);
        List<Long> places = done.stream()
                .flatMap(order -> ledger.because(order.key()).stream())
                .toList();
        assertThat(places).isSorted().doesNotHaveDuplicates().hasSameSizeAs(done);
        assertThat(refused).allMatch(order -> ledger.because(order.key()).isEmpty());
    }

    private void giveAgain(GatewayClient at, Order order, Ledger ledger) {
        assertThat(ledger.because(order.key()).size()).isLessThanOrEqualTo(1);
        await().atMost(Duration.ofSeconds(10)).until(() -> {
            keep(order, GatewayClient.send(order.to(at)));
            return unanswered.isEmpty();
        });
    }

    /** Orders that were carried out. */
    int done() {
        return done.size();
    }
}
