package io.abgate.model.benchmark;

import io.abgate.model.dense.Network;
import io.abgate.model.training.Progress;
import io.abgate.model.training.Trainer;

/** A way to train a workload from its start. */
public interface Training {
    /** Makes every pass of the plan and gives the trained network. */
    Network train();

    /** Who trains. */
    enum By {
        ABGATE {
            @Override
            Training of(Workload workload) {
                Trainer trainer = new Trainer(workload.plan());
                return () -> trainer.train(workload.start().network(), workload.samples(), Progress.NONE)
                        .network();
            }
        },
        DENSE_LOOPS {
            @Override
            Training of(Workload workload) {
                return new DenseLoops(workload);
            }
        },
        OJALGO {
            @Override
            Training of(Workload workload) {
                return new OjalgoTraining(workload);
            }
        };

        abstract Training of(Workload workload);
    }
}
