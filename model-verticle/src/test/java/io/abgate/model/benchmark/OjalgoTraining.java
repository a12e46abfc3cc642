package io.abgate.model.benchmark;

import io.abgate.model.dense.Layer;
import io.abgate.model.dense.Network;
import java.util.ArrayList;
import java.util.List;
import org.ojalgo.ann.ArtificialNeuralNetwork;
import org.ojalgo.ann.ArtificialNeuralNetwork.Activator;
import org.ojalgo.ann.NetworkTrainer;
import org.ojalgo.array.ArrayR064;
import org.ojalgo.data.DataBatch;

/** ojAlgo's own trainer with its own batches, which are filled once. Rows come in the order given. */
final class OjalgoTraining implements Training {
    private final Workload workload;
    private final NetworkTrainer trainer;
    private final List<DataBatch> inputs = new ArrayList<>();
    private final List<DataBatch> truths = new ArrayList<>();

    OjalgoTraining(Workload workload) {
        this.workload = workload;
        Network start = workload.start().network();
        trainer = ArtificialNeuralNetwork.builder(start.inputs())
                .layer(start.layers().get(0).outputs(), Activator.RELU)
                .layer(start.outputs(), Activator.SOFTMAX)
                .get()
                .newTrainer(workload.batch())
                .rate(workload.plan().learningRate() / workload.batch()); // it sums the gradient
        for (int row = 0; row < workload.samples().size(); row++) {
            if (row % workload.batch() == 0) {
                inputs.add(trainer.newInputBatch());
                truths.add(trainer.newOutputBatch());
            }
            double[] values = DenseLoops.row(workload.samples().get(row), start.inputs());
            inputs.get(inputs.size() - 1).addRow(ArrayR064.wrap(values));
            truths.get(truths.size() - 1)
                    .addRowWithSingleUnit(workload.samples().get(row).truth());
        }
    }

    @Override
    public Network train() {
        Network network = workload.start().network().copy();
        copy(network, true);
        for (int epoch = 0; epoch < workload.plan().epochs(); epoch++) {
            for (int batch = 0; batch < inputs.size(); batch++) {
                trainer.train(inputs.get(batch), truths.get(batch));
            }
        }
        copy(network, false);
        return network;
    }

    private void copy(Network network, boolean toTrainer) {
        ArtificialNeuralNetwork theirs = trainer.get();
        for (int i = 0; i < network.layers().size(); i++) {
            Layer layer = network.layers().get(i);
            for (int to = 0; to < layer.outputs(); to++) {
                if (toTrainer) {
                    trainer.bias(i, to, layer.bias()[to]);
                } else {
                    layer.bias()[to] = theirs.getBias(i, to);
                }
                for (int from = 0; from < layer.inputs(); from++) {
                    int at = from * layer.outputs() + to;
                    if (toTrainer) {
                        trainer.weight(i, from, to, layer.weights()[at]);
                    } else {
                        layer.weights()[at] = theirs.getWeight(i, from, to);
                    }
                }
            }
        }
    }
}
