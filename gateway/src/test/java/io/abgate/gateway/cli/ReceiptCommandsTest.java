package io.abgate.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReceiptCommandsTest {
    private static final String RECEIPT =
            "{'id':113,'at':'2026-03-04T05:06:07Z','model':'mail','version':2,'verdict':'ROLL_BACK','trigger':'CANARY',"
                    + "'reason':'less accurate than champion 1','figures':{'eValue':24.511107858997683,'labels':17},"
                    + "'statistic':24.511107858997683,'threshold':20.0,"
                    + "'budget':{'alpha':0.05,'g':24.5,'u':0.25,'staked':0.0375,'remaining':1.2380555},"
                    + "'policy':{'settings':112,'digest':'0123456789abcdef'},'epoch':90,"
                    + "'labels':{'after':80,'from':95,'to':111,'count':17},"
                    + "'act':{'seq':114,'summary':'Version 2 was rolled back.'}}";
    private static final String BARE =
            "{'id':9,'at':'2026-03-04T05:06:07Z','model':'mail','version':0,'verdict':'RETRAIN','trigger':'LIVE_DROP',"
                    + "'reason':'it fell','figures':{},'statistic':null,'threshold':null,'budget':null,"
                    + "'policy':{'settings':8,'digest':'ab'},'epoch':null,"
                    + "'labels':{'after':3,'from':0,'to':0,'count':0},'act':null}";

    private FakeGateway gateway;

    @BeforeEach
    void start() throws IOException {
        gateway = new FakeGateway();
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void saysWhyOnWhatCountsAndHowToCheckIt() {
        gateway.on("GET /api/v1/receipts/113", 200, RECEIPT);

        assertThat(gateway.run("explain", "113")).isEqualTo(new FakeGateway.Run(0, """
                receipt 113 at 2026-03-04T05:06:07Z: ROLL_BACK of mail version 2 (canary)
                why: less accurate than champion 1
                figures: eValue 24.5111, labels 17
                compared: 24.5111 with 20.0
                error rate: taken back wrongly in its whole life with probability at most 0.05; staked so far 0.0375, bound from here on none
                labels: 17, entries 95 to 111 of the ledger
                under: settings of event 112, digest 0123456789ab, route epoch 90
                did: event 114: Version 2 was rolled back.
                check it: abgate replay 113
                """, ""));
        assertThat(gateway.run("explain", "113", "--json").out()).startsWith("{\"id\":113");
        assertThat(gateway.run("receipt", "113").out()).contains("budget:\n  alpha: 0.05\n");
    }

    @Test
    void saysWhyOfTheNewestReceiptOfAModel() {
        gateway.on("GET /api/v1/models/mail", 200, "{'model':'mail','receipt':9}")
                .on("GET /api/v1/receipts/9", 200, BARE);

        assertThat(gateway.run("explain", "mail")).isEqualTo(new FakeGateway.Run(0, """
                receipt 9 at 2026-03-04T05:06:07Z: RETRAIN of mail (live drop)
                why: it fell
                figures: none
                labels: none after event 3
                under: settings of event 8, digest ab, route epoch -
                did: nothing
                check it: abgate replay 9
                """, ""));
    }

    @Test
    void saysThatThereIsNoneYet() {
        gateway.on("GET /api/v1/models/mail", 200, "{'model':'mail','receipt':null}");

        assertThat(gateway.run("explain", "mail"))
                .isEqualTo(new FakeGateway.Run(1, "", "mail: no verdict yet, so there is no receipt\n"));
        assertThat(gateway.run("explain", "other").code()).isEqualTo(1);
    }

    @Test
    void replaysAReceipt() {
        gateway.on(
                "POST /api/v1/receipts/113/replay",
                200,
                "{'agrees':true,'receipt':{'id':113,'model':'mail','version':2,'verdict':'ROLL_BACK',"
                        + "'state':'0123456789abcdef'},'differences':[],'wholeState':true,'from':0,'folded':93}");

        assertThat(gateway.run("replay", "113"))
                .isEqualTo(new FakeGateway.Run(
                        0,
                        "receipt 113 (ROLL_BACK of mail version 2) agrees to the last bit:"
                                + " computed again from the beginning of the ledger, 93 entries, state 0123456789ab\n",
                        ""));
        gateway.run("replay", "113", "--from-beginning");
        assertThat(gateway.requests())
                .containsExactly(
                        "POST /api/v1/receipts/113/replay {\"from\":\"checkpoint\"}",
                        "POST /api/v1/receipts/113/replay {\"from\":\"beginning\"}");
    }

    @Test
    void showsWhereAReplayDiffers() {
        gateway.on(
                "POST /api/v1/receipts/113/replay",
                200,
                "{'agrees':false,'receipt':{'id':113,'model':'mail','version':2,'verdict':'ROLL_BACK'},"
                        + "'differences':[{'field':'verdict','receipt':'ROLL_BACK','replayed':'none'}],"
                        + "'wholeState':true,'from':7,'folded':93}");

        assertThat(gateway.run("replay", "113"))
                .isEqualTo(new FakeGateway.Run(
                        1,
                        "receipt 113 (ROLL_BACK of mail version 2) does not agree:"
                                + " computed again from the checkpoint at 7, 93 entries\n"
                                + "  verdict: ROLL_BACK, now none\n",
                        ""));
    }

    @Test
    void refusesWhatIsNeitherReceiptNorPlayed() {
        assertThat(gateway.run("replay", "mail").err())
                .isEqualTo("Missing required option: '--rate=R' (see: abgate replay --help)\n");
        assertThat(gateway.run("replay", "mail", "--rate", "1", "--from-beginning")
                        .err())
                .isEqualTo("--from-beginning: mail (expected: the number of a receipt) (see: abgate replay --help)\n");
        assertThat(gateway.run("receipt", "seven").code()).isEqualTo(2);
        assertThat(gateway.requests()).isEmpty();
    }
}
