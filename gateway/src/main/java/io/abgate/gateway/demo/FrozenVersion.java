package io.abgate.gateway.demo;

import io.abgate.model.Model;
import io.abgate.model.ModelFormats;
import io.abgate.model.ModelRuntime;
import io.abgate.model.RowJson;
import io.abgate.registry.contract.PredictReply;
import io.abgate.registry.domain.Example;
import java.util.List;

/** The first version as it would have gone on for ever: its own artifact, run beside the gateway on the same mails. */
final class FrozenVersion {
    private final Model model;
    private final ModelRuntime runtime;

    FrozenVersion(byte[] artifact) {
        this.model = ModelFormats.installed().read(artifact);
        this.runtime = model.newRuntime();
    }

    boolean isRight(Example mail) {
        PredictReply reply = runtime.predict(RowJson.tensor(model.input(), List.of(mail.input())));
        return reply.labels().get(reply.label()[0]).equals(mail.truth());
    }
}
