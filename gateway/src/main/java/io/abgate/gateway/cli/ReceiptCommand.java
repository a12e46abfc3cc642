package io.abgate.gateway.cli;

import io.abgate.gateway.client.Resource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows a receipt as it is. */
@Command(name = "receipt", description = "Show every field of the receipt of a verdict.")
final class ReceiptCommand implements Callable<Integer> {
    private final Gateway gateway;

    @Mixin
    private final Output output = new Output();

    @Parameters(index = "0", paramLabel = "RECEIPT", description = "Its number.")
    private long receipt;

    ReceiptCommand(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public Integer call() {
        output.print(gateway.admin().get(Resource.admin("receipts", String.valueOf(receipt))), Lines::of);
        return 0;
    }
}
