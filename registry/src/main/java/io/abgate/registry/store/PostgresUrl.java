package io.abgate.registry.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.abgate.registry.domain.Check;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * {@code postgresql://[user[:password]@]host[:port]/database[?parameter=value&…]}, as libpq writes it; the parameters
 * are those of the JDBC driver. Its text says where the database is and never how to get in.
 */
final class PostgresUrl {
    static final String SCHEME = "postgresql:";
    private static final String FORM = "postgresql://[user[:password]@]host[:port]/database[?parameters]";
    private static final String HIDDEN = "postgresql:…"; // what cannot be read may hold a password anywhere
    private static final int DEFAULT_PORT = 5432;

    private final String host;
    private final int port;
    private final String database;
    private final Map<String, String> parameters;

    private PostgresUrl(String host, int port, String database, Map<String, String> parameters) {
        this.host = host;
        this.port = port;
        this.database = database;
        this.parameters = parameters;
    }

    /**
     * Reads a url; what it leaves out comes from {@code PGUSER} and {@code PGPASSWORD}.
     *
     * @throws IllegalArgumentException when it is not of this form, without repeating it
     */
    static PostgresUrl parse(String text, Map<String, String> environment) {
        URI uri = uri(text);
        String path = Optional.ofNullable(uri.getPath()).orElse("");
        boolean complete = uri.getHost() != null && path.length() > 1 && path.indexOf('/', 1) < 0;
        Check.that(complete, "store.url", HIDDEN, FORM);
        Map<String, String> parameters = new LinkedHashMap<>();
        putIfPresent(parameters, "user", environment.get("PGUSER"));
        putIfPresent(parameters, "password", environment.get("PGPASSWORD"));
        credentials(parameters, uri.getRawUserInfo());
        query(parameters, uri.getRawQuery());
        PostgresUrl url = new PostgresUrl(
                uri.getHost(), uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(), path.substring(1), parameters);
        url.dataSource(); // knows the names of the parameters
        return url;
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            // no cause: its message repeats the url
            throw new IllegalArgumentException(Check.message("store.url", HIDDEN, FORM));
        }
    }

    private static void putIfPresent(Map<String, String> parameters, String name, @Nullable String value) {
        if (value != null) {
            parameters.put(name, value);
        }
    }

    private static void credentials(Map<String, String> parameters, @Nullable String userInfo) {
        if (userInfo != null) {
            String[] parts = userInfo.split(":", 2);
            parameters.put("user", decoded(parts[0]));
            putIfPresent(parameters, "password", parts.length == 2 ? decoded(parts[1]) : null);
        }
    }

    private static void query(Map<String, String> parameters, @Nullable String query) {
        for (String parameter : query == null ? new String[0] : query.split("&", -1)) {
            String[] parts = parameter.split("=", 2);
            Check.that(parts.length == 2, "store.url", HIDDEN, FORM);
            parameters.put(parts[0], decoded(parts[1]));
        }
    }

    /** A plus sign stands for itself here. */
    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
    }

    /** Connections to it that give up within seconds when the server does not answer. */
    PGSimpleDataSource dataSource() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {host});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName(database);
        source.setApplicationName("abgate");
        source.setConnectTimeout(3);
        source.setLoginTimeout(5);
        source.setSocketTimeout(10);
        source.setTcpKeepAlive(true);
        source.setReWriteBatchedInserts(true);
        try {
            for (Map.Entry<String, String> parameter : parameters.entrySet()) {
                source.setProperty(parameter.getKey(), parameter.getValue());
            }
        } catch (SQLException e) {
            throw new IllegalArgumentException(Check.message("store.url", HIDDEN, FORM + " of the JDBC driver"));
        }
        return source;
    }

    @Override
    public String toString() {
        return "postgresql://" + host + ":" + port + "/" + database;
    }
}
