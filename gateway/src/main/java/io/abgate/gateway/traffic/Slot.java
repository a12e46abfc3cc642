package io.abgate.gateway.traffic;

import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.domain.RoutedVersion;
import io.abgate.registry.domain.TrafficCount;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The requests that arrived in one stretch of time, whenever they end. */
final class Slot {
    final long number;
    private final ModelTraffic model;
    private Cell[] cells = {};

    Slot(long number, ModelTraffic model) {
        this.number = number;
        this.model = model;
    }

    /**
     * Requests of one version under one table.
     *
     * @param isTossed whether the key decided that it is this version: of a share of 1 it decides nothing
     */
    record Cell(long epoch, int version, boolean isTossed, Tally units, Tally others) {}

    /** Where to count; allocates only when it is asked for this version for the first time. */
    Cell cell(RouteTable table, RoutedVersion version) {
        for (Cell cell : cells) {
            if (cell.epoch == table.epoch() && cell.version == version.version()) {
                return cell;
            }
        }
        return add(table, version);
    }

    private Cell add(RouteTable table, RoutedVersion version) {
        long epoch = table.epoch();
        int number = version.version();
        Cell cell = new Cell(
                epoch,
                number,
                version.share() > 0 && version.share() < 1,
                new Tally(model, epoch, number, true),
                new Tally(model, epoch, number, false));
        cells = Arrays.copyOf(cells, cells.length + 1);
        cells[cells.length - 1] = cell;
        return cell;
    }

    List<TrafficCount> close() {
        return Arrays.stream(cells)
                .flatMap(cell -> Stream.of(cell.units.close(), cell.others.close()))
                .toList();
    }
}
