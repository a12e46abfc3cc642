package io.abgate.gateway.cli;

import io.abgate.gateway.configuration.Configuration;
import io.abgate.registry.keys.TokenKeys;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows and adds the keys that sign prediction ids, in the home of this machine. */
@Command(name = "keys", description = "Show or add the keys that sign prediction ids, in a home of this machine.")
final class KeysCommand implements Callable<Integer> {
    private static final Pattern SHORT = Pattern.compile("([0-9]{1,6})([smhd])");

    private final InstantSource clock;

    @Mixin
    private final Output output = new Output();

    KeysCommand(InstantSource clock) {
        this.clock = clock;
    }

    private static final Duration SHORTEST = Duration.ofSeconds(5);

    @Override
    public Integer call() {
        throw output.wrongCall("keys: nothing (expected: list or rotate)");
    }

    @Command(name = "list", description = "Show which keys there are, and which signs; never a secret.")
    int list(
            @Option(
                            names = "--home",
                            paramLabel = "DIR",
                            description = "Where the node keeps its state (default: as serve has it).")
                    @Nullable
                    Path given) {
        TokenKeys keys = TokenKeys.load(home(given));
        int signing = keys.signing(clock.millis());
        Table table = new Table("KEY", "FROM", "DOES");
        for (int id : keys.ids()) {
            String from = keys.from(id).map(Instant::toString).orElse("the beginning");
            table.row(Integer.toString(id), from, does(id, signing));
        }
        output.line(table.toString());
        return CommandLine.ExitCode.OK;
    }

    private static Path home(@Nullable Path given) {
        return given != null
                ? given
                : Configuration.load(null, System.getenv(), List.of()).home();
    }

    private static String does(int id, int signing) {
        if (id > signing) {
            return "verifies, will sign";
        }
        return id == signing ? "signs and verifies" : "verifies";
    }

    @Command(name = "rotate", description = "Add a key that signs from a time on; the others go on verifying.")
    int rotate(
            @Option(
                            names = "--home",
                            paramLabel = "DIR",
                            description = "Where the node keeps its state (default: as serve has it).")
                    @Nullable
                    Path given,
            @Option(
                            names = "--in",
                            paramLabel = "TIME",
                            defaultValue = "1m",
                            description =
                                    "When it begins to sign: by then every node must have the file (default: 1m).")
                    String in) {
        Path home = home(given);
        Instant from = clock.instant().plus(duration(in)).truncatedTo(ChronoUnit.MILLIS);
        int id = TokenKeys.rotate(home, from);
        output.line("key " + id + " signs from " + from + "; nodes with a home of their own need a copy of "
                + home.resolve(TokenKeys.FILE) + " before that");
        return CommandLine.ExitCode.OK;
    }

    private Duration duration(String text) {
        Matcher matcher = SHORT.matcher(text);
        try {
            Duration duration = matcher.matches()
                    ? Duration.parse((matcher.group(2).equals("d") ? "P" : "PT") + text)
                    : Duration.parse(text);
            if (duration.compareTo(SHORTEST) >= 0) {
                return duration;
            }
        } catch (DateTimeException e) {
            throw output.wrongCall("--in: " + text + " (expected: a time such as 30s, 1m, 2h, 1d or PT1M)");
        }
        throw output.wrongCall("--in: " + text + " (expected: a time from 5s, in which every process reads the file)");
    }
}
