package io.abgate.registry.contract;

import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.domain.RoutedVersion;
import java.util.List;
import java.util.Locale;

/**
 * Current route tables.
 *
 * @param storeId of the store whose registry made them
 * @param seal over {@link #text}, by a key that the nodes of the installation share
 */
public record RouteTables(String storeId, List<RouteTable> tables, String seal) {
    /** What their seal is made for. */
    public static final String PURPOSE = "route-tables";

    public RouteTables {
        tables = List.copyOf(tables);
    }

    /** The same tables with their seal. */
    public RouteTables sealed(String newSeal) {
        return new RouteTables(storeId, tables, newSeal);
    }

    /** Everything but the seal, in one canonical printing; shares as raw bits. */
    public String text() {
        StringBuilder text = new StringBuilder(storeId);
        for (RouteTable table : tables) {
            text.append('\n')
                    .append(String.join(
                            " ", table.model(), table.salt(), table.mode().name()));
            text.append(String.format(Locale.ROOT, " %d %d %d", table.modelId(), table.epoch(), table.newest()));
            for (RoutedVersion version : table.versions()) {
                text.append(String.format(
                        Locale.ROOT,
                        " %d %s %s %x",
                        version.version(),
                        version.sha256(),
                        version.stage(),
                        Double.doubleToRawLongBits(version.share())));
                if (version.vote() > 0) { // else as tables are printed that know of no votes
                    text.append(String.format(Locale.ROOT, " vote %x", Double.doubleToRawLongBits(version.vote())));
                }
            }
        }
        return text.toString();
    }
}
