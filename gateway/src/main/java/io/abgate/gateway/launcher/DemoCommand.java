package io.abgate.gateway.launcher;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.abgate.gateway.client.Server;
import io.abgate.gateway.configuration.Configuration;
import io.abgate.gateway.demo.Demo;
import io.abgate.registry.domain.Example;
import io.abgate.registry.domain.ModelSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts a whole gateway on free ports and plays the demo through it. */
@Command(
        name = "demo",
        description = "Watch the whole loop on real mail: train, serve, decay, retrain, promote, roll back.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DemoCommand implements Callable<Integer> {
    private static final String MODEL = "mail";
    /** 4,163 mails in 80 seconds, to be watched. */
    private static final double MAILS_PER_SECOND = 52;

    @Spec
    private CommandSpec spec;

    @Option(names = "--keep", description = "Leave the gateway running at the end, until Ctrl-C.")
    private boolean keep;

    @Option(names = "--fast", description = "As quick as it goes, with the same result.")
    private boolean fast;

    @Override
    public Integer call() throws IOException, InterruptedException {
        // the story tells what happens; the log would tell it twice
        ((Logger) LoggerFactory.getLogger("io.abgate")).setLevel(Level.WARN);
        ((Logger) LoggerFactory.getLogger("io.abgate.registry.Alerts")).setLevel(Level.OFF); // the story tells them
        TemporaryHome home = TemporaryHome.create();
        Configuration configuration = Configuration.load(null, Map.of(), home.assignments());
        try (RunningNode node = RunningNode.start(configuration, home::delete)) {
            boolean complete = play(node, configuration);
            if (keep) {
                invite(node);
                node.awaitEnd();
            }
            return complete ? 0 : 1;
        }
    }

    private boolean play(RunningNode node, Configuration configuration) throws InterruptedException {
        ModelSettings settings = configuration.models().stream()
                .filter(model -> model.name().equals(MODEL))
                .findFirst()
                .orElseThrow();
        int last = settings.data().replay().to();
        List<Example> mails = configuration.datasets().read(settings.data(), new ModelSettings.Rows(0, last));
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        PrintWriter out = spec.commandLine().getOut();
        return new Demo(
                        settings,
                        mails,
                        new Server(client, "admin", node.adminUrl()),
                        new Server(client, "data", Objects.requireNonNull(node.dataUrl())),
                        out,
                        Ansi.AUTO.enabled(),
                        fast ? Double.POSITIVE_INFINITY : MAILS_PER_SECOND)
                .run();
    }

    private void invite(RunningNode node) {
        PrintWriter out = spec.commandLine().getOut();
        out.println();
        out.println("  It goes on, until Ctrl-C:");
        out.println("    applications  " + node.dataUrl() + "/v2");
        out.println("    operators     " + node.adminUrl() + "/api/v1/models/" + MODEL);
        out.println("    metrics       " + node.adminUrl() + "/metrics");
        out.println("    commands      ABGATE_URL=" + node.adminUrl() + " ABGATE_DATA_URL=" + node.dataUrl()
                + " java -jar abgate.jar status " + MODEL);
        out.flush();
    }
}
