package io.abgate.model.dense;

import io.abgate.model.Model;
import io.abgate.model.ModelRuntime;
import io.abgate.registry.domain.Check;
import io.abgate.registry.domain.Sha256;
import io.abgate.registry.domain.TensorSpec;
import java.util.List;

/** A dense network with the encoder before it and the labels behind it. */
public final class DenseModel implements Model {
    private final List<String> labels;
    private final Encoder encoder;
    private final Network network;
    private final byte[] artifact;
    private final String sha256;

    /**
     * A model; the network must not be changed any more.
     *
     * @throws IllegalArgumentException when encoder, network and labels do not fit each other
     */
    DenseModel(List<String> labels, Encoder encoder, Network network) {
        Limits.checkNames("labels", labels);
        Check.that(
                network.inputs() == encoder.size(),
                "layers[0].weights",
                network.inputs() + " inputs",
                encoder.size() + ", the size of the encoder");
        Check.that(network.outputs() == labels.size(), "labels", labels.size(), network.outputs() + ", the outputs");
        this.labels = List.copyOf(labels);
        this.encoder = encoder;
        this.network = network;
        artifact = DenseJson.print(DenseDocument.of(this));
        sha256 = Sha256.of(artifact);
    }

    /** The same encoder and labels around another network, which must not be changed any more. */
    public DenseModel with(Network other) {
        return new DenseModel(labels, encoder, other);
    }

    /** Its encoder. */
    public Encoder encoder() {
        return encoder;
    }

    /** Its network, which must not be changed. */
    public Network network() {
        return network;
    }

    @Override
    public String format() {
        return DenseFormat.NAME;
    }

    @Override
    public List<String> labels() {
        return labels;
    }

    @Override
    public TensorSpec input() {
        return encoder.input();
    }

    @Override
    public byte[] artifact() {
        return artifact;
    }

    @Override
    public String sha256() {
        return sha256;
    }

    @Override
    public DenseModel withNoise(double scale, long seed) {
        return with(WeightNoise.seeded(network, scale, seed));
    }

    @Override
    public ModelRuntime newRuntime() {
        return new DenseRuntime(labels, encoder, network);
    }
}
