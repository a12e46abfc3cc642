package io.abgate.gateway.configuration;

import io.abgate.registry.domain.AlertLimits;
import io.abgate.registry.domain.Datatype;
import io.abgate.registry.domain.ModelSettings;
import io.abgate.registry.domain.ModelSettings.Data;
import io.abgate.registry.domain.ModelSettings.Drop;
import io.abgate.registry.domain.ModelSettings.Gate;
import io.abgate.registry.domain.ModelSettings.Monitor;
import io.abgate.registry.domain.ModelSettings.Pinning;
import io.abgate.registry.domain.ModelSettings.Routing;
import io.abgate.registry.domain.ModelSettings.Rows;
import io.abgate.registry.domain.ModelSettings.Serving;
import io.abgate.registry.domain.ModelSettings.Start;
import io.abgate.registry.domain.ModelSettings.Training;
import io.abgate.registry.domain.RoutingMode;
import io.abgate.registry.domain.TensorSpec;
import java.util.List;

/** Maps a model file onto the words of the domain, which refuse what is out of range. */
final class ModelReader {
    private final Datasets datasets;
    private final SuiteFiles suites;

    ModelReader(Datasets datasets, SuiteFiles suites) {
        this.datasets = datasets;
        this.suites = suites;
    }

    ModelSettings read(String name, Value root) {
        root.only(
                "labels",
                "input",
                "network",
                "data",
                "training",
                "gate",
                "rollout",
                "routing",
                "serving",
                "labelling",
                "monitor",
                "suites");
        List<String> labels = root.at("labels").list(Value::text);
        TensorSpec input = input(root.at("input"));
        Serving serving = serving(root.at("serving"));
        return new ModelSettings(
                name,
                labels,
                input,
                NetworkReader.blueprint(labels, root.at("network")),
                data(root.at("data")),
                training(root.at("training")),
                gate(root.at("gate")),
                RolloutReader.rollout(root.at("rollout"), serving.deadlineMillis()),
                routing(root.at("routing")),
                serving,
                RolloutReader.labelling(root.at("labelling")),
                monitor(root.at("monitor")),
                suites.read(root.at("suites"), new InputRows(input), labels));
    }

    private static TensorSpec input(Value input) {
        input.only("name", "datatype", "shape");
        List<Long> shape = input.at("shape").list(ModelReader::dimension);
        input.at("shape").require(!shape.isEmpty(), "at least one dimension");
        return new TensorSpec(input.at("name").text(), input.at("datatype").choice(Datatype.class), shape);
    }

    private static Long dimension(Value value) {
        int dimension = value.wholeNumber();
        value.require(dimension == -1 || dimension > 0, "-1 (free) or a whole number from 1");
        return (long) dimension;
    }

    private Data data(Value data) {
        data.only("dataset", "inputField", "truthField", "first", "evaluation", "replay");
        String dataset = data.at("dataset").text();
        datasets.require(data.at("dataset"));
        boolean csv = RowFormat.of(dataset) == RowFormat.CSV;
        return new Data(
                dataset,
                field(data.at("inputField"), csv),
                field(data.at("truthField"), csv),
                rows(data.at("first")),
                data.at("evaluation").isPresent() ? rows(data.at("evaluation")) : new Rows(0, 0),
                rows(data.at("replay")));
    }

    private static String field(Value field, boolean csv) {
        if (csv) {
            field.require(!field.isPresent(), "no such key for a CSV data set, whose last column is the truth");
            return "";
        }
        return field.text();
    }

    private static Rows rows(Value rows) {
        rows.only("from", "to");
        int from = rows.at("from").wholeNumber(0, Integer.MAX_VALUE);
        return new Rows(from, rows.at("to").wholeNumber(from, Integer.MAX_VALUE));
    }

    private static Training training(Value training) {
        training.only(
                "epochs",
                "learningRate",
                "batch",
                "start",
                "seed",
                "everyLabels",
                "buffer",
                "heldOutOneIn",
                "minimumSamples",
                "drop",
                "coolDownSeconds",
                "failuresInARow",
                "perDay",
                "approval",
                "earlyStop",
                "divergence");
        return new Training(
                training.at("epochs").wholeNumber(),
                training.at("learningRate").number(),
                training.at("batch").wholeNumber(),
                training.at("start").choice(Start.class),
                training.at("seed").wholeNumber(),
                training.at("everyLabels").wholeNumber(),
                training.at("buffer").wholeNumber(),
                training.at("heldOutOneIn").wholeNumber(),
                training.at("minimumSamples").wholeNumber(),
                drop(training.at("drop")),
                TrainingBounds.restraint(training),
                TrainingBounds.stopping(training));
    }

    private static Drop drop(Value drop) {
        drop.only("window", "once", "repeated", "repeats");
        return new Drop(
                drop.at("window").wholeNumber(),
                drop.at("once").number(),
                drop.at("repeated").number(),
                drop.at("repeats").wholeNumber());
    }

    private static Gate gate(Value gate) {
        gate.only("tolerance", "balancedTolerance", "balancedMinimumRows");
        return new Gate(
                gate.at("tolerance").number(),
                gate.at("balancedTolerance").number(),
                gate.at("balancedMinimumRows").wholeNumber());
    }

    private static Routing routing(Value routing) {
        routing.only("mode", "floor", "discount");
        return new Routing(
                routing.at("mode").choice(RoutingMode.class),
                routing.at("floor").number(),
                routing.at("discount").number());
    }

    private static Serving serving(Value serving) {
        serving.only("deadlineMillis", "pinning", "samplesPerSecond");
        return new Serving(
                serving.at("deadlineMillis").wholeNumber(),
                serving.at("pinning").choice(Pinning.class),
                serving.at("samplesPerSecond").wholeNumber());
    }

    private static Monitor monitor(Value monitor) {
        monitor.only("everySeconds", "alerts", "retrain");
        Value retrain = monitor.at("retrain");
        retrain.only("once", "repeated", "repeats");
        return new Monitor(
                monitor.at("everySeconds").wholeNumber(),
                alerts(monitor.at("alerts")),
                retrain.at("once").number(),
                retrain.at("repeated").number(),
                retrain.at("repeats").wholeNumber(),
                monitor.at("alerts").at("coolDownSeconds").wholeNumberOr(Monitor.COOL_DOWN_SECONDS));
    }

    private static AlertLimits alerts(Value alerts) {
        alerts.only(
                "accuracyDrop",
                "accuracyDropPart",
                "confidenceDrop",
                "confidenceRise",
                "responseRise",
                "response",
                "errorRate",
                "coolDownSeconds");
        return new AlertLimits(
                alerts.at("accuracyDrop").number(),
                alerts.at("accuracyDropPart").number(),
                alerts.at("confidenceDrop").number(),
                alerts.at("confidenceRise").number(),
                alerts.at("responseRise").number(),
                alerts.at("response").number(),
                alerts.at("errorRate").number());
    }
}
