package io.abgate.registry.store;

import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;

/** Brings a database to the tables that this abgate knows, and never back. */
final class Schema {
    private final Flyway flyway;
    private final String database;

    Schema(DataSource dataSource, String database) {
        this.flyway = Flyway.configure(Schema.class.getClassLoader())
                .dataSource(dataSource)
                .resourceProvider(new Migrations())
                .javaMigrationClassProvider(List::of)
                .loggers("slf4j")
                .load();
        this.database = database;
    }

    /** Whether no migration was applied yet. */
    boolean isNew() {
        return flyway.info().current() == null;
    }

    /**
     * Applies the migrations that are missing.
     *
     * @throws StoreException when the database has one that this abgate does not know
     */
    void migrate() {
        refuseNewer();
        flyway.migrate();
    }

    /** @throws StoreException when the database has a migration that this abgate does not know */
    void refuseNewer() {
        Arrays.stream(flyway.info().applied())
                .filter(Schema::isUnknown)
                .findFirst()
                .ifPresent(newer -> {
                    throw new StoreException(database + " has schema version " + newer.getVersion()
                            + ", which is newer than this abgate: start the newer one");
                });
    }

    /** @throws StoreException when the database lacks a migration or has one that this abgate does not know */
    void requireCurrent() {
        refuseNewer();
        MigrationInfoService info = flyway.info();
        if (info.current() == null) {
            throw new StoreException(database + " is no database of abgate");
        }
        if (info.pending().length > 0) {
            throw new StoreException(database + " has schema version "
                    + info.current().getVersion() + ", which is older than this abgate: start it once to bring it up"
                    + " to date");
        }
    }

    private static boolean isUnknown(MigrationInfo migration) {
        return migration.getState() == MigrationState.FUTURE_SUCCESS
                || migration.getState() == MigrationState.FUTURE_FAILED;
    }
}
