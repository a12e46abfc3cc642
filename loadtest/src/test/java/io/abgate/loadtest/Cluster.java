package io.abgate.loadtest;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Processes that share a home: a model node that is the registry too, a gateway, and room for a second model node. */
final class Cluster implements AutoCloseable {
    private static final List<Shipped.Mail> MAILS = Shipped.mails(1500, 2000);

    private final Path home;
    private final Membership membership = Membership.of(3);
    private Serving registry;
    private final Serving gateway;
    private int nextMail;

    /** Starts registry and gateway and waits until the shipped models are served. */
    Cluster(Path home) {
        this.home = home;
        registry = member("model,registry", 0);
        await().atMost(Serving.PATIENCE).until(() -> registry.process().out().contains("operators"));
        gateway = member("gateway", 1).awaitSettled();
    }

    private Serving member(String roles, int place) {
        List<String> arguments = new ArrayList<>(List.of("--roles", roles));
        arguments.addAll(membership.settings(place));
        return Serving.start(home, arguments.toArray(String[]::new));
    }

    Serving registry() {
        return registry;
    }

    Serving gateway() {
        return gateway;
    }

    /** Starts the second model node and waits until it answers too. */
    Serving secondModelNode() {
        Serving second = member("model", 2);
        await().atMost(Serving.PATIENCE).until(() -> hosts() == 2);
        return second;
    }

    /** Starts the registry again, which was ended. */
    void startRegistryAgain() {
        registry = member("model,registry", 0);
        gateway.awaitSettled();
    }

    /** Nodes that answer for the champion of the mail. */
    int hosts() {
        JsonNode mail = gateway.client().model("mail");
        return version(mail.path("champion").asInt()).path("hostedOn").size();
    }

    JsonNode version(int version) {
        return gateway.client().get("/models/mail/versions/" + version);
    }

    /** A request for the prediction of the next mail. */
    HttpRequest.Builder nextMail() {
        return gateway.client().inferMail(MAILS.get(nextMail++ % MAILS.size()).text());
    }

    /** What the gateway answers to the next mail. */
    HttpResponse<String> ask() throws IOException {
        return GatewayClient.send(nextMail());
    }

    /** Predictions by the gateway and their labels; gives how many labels were taken. */
    int predictAndReport(int count) {
        List<String> ids = new ArrayList<>();
        List<String> truths = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            truths.add(MAILS.get(nextMail % MAILS.size()).label());
            ids.add(GatewayClient.output(GatewayClient.good(nextMail()), "prediction_id")
                    .path(0)
                    .asText());
        }
        return gateway.client().feedback("mail", ids, truths).path("accepted").asInt();
    }

    @Override
    public void close() {
        gateway.close();
        registry.close();
    }
}
