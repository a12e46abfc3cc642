package io.abgate.registry.store;

import java.util.Arrays;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;

/** Brings a database to the tables that this abgate knows, and never back. */
final class Schema {
    private static final String MIGRATIONS = "classpath:io/abgate/registry/store/migration";

    private Schema() {}

    /**
     * Applies the migrations that are missing.
     *
     * @throws StoreException when the database has one that this abgate does not know
     */
    static void migrate(DataSource dataSource, String database) {
        Flyway flyway = Flyway.configure(Schema.class.getClassLoader())
                .dataSource(dataSource)
                .locations(MIGRATIONS)
                .loggers("slf4j")
                .load();
        refuseNewer(flyway.info(), database);
        flyway.migrate();
    }

    private static void refuseNewer(MigrationInfoService info, String database) {
        Arrays.stream(info.applied()).filter(Schema::isUnknown).findFirst().ifPresent(newer -> {
            throw new StoreException(database + " has schema version " + newer.getVersion()
                    + ", which is newer than this abgate: start the newer one");
        });
    }

    private static boolean isUnknown(MigrationInfo migration) {
        return migration.getState() == MigrationState.FUTURE_SUCCESS
                || migration.getState() == MigrationState.FUTURE_FAILED;
    }
}
