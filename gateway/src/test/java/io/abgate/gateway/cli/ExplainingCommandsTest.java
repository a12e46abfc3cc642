package io.abgate.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExplainingCommandsTest {
    private static final String INTACT =
            "{'intact':true,'events':12345,'labels':67890,'head':'3f2a0123456789abcdef','seq':null,'reason':null}";

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
    void showsWhatWasLiveAtATime() {
        gateway.on(
                "GET /api/v1/models/mail/history?at=2026-01-31T12%3A00%3A00Z",
                200,
                "{'model':'mail','at':'2026-01-31T12:00:00Z','seq':7,'epoch':5,'since':'2026-01-30T12:00:00Z',"
                        + "'mode':'split','paused':true,'champion':2,'standby':1,'canary':null,'shadow':null,"
                        + "'versions':[{'version':2,'stage':'CHAMPION','share':0.95,'sha256':'fedcba98765432100123'},"
                        + "{'version':1,'stage':'STANDBY','share':0.05,'sha256':'ab'}],"
                        + "'lastChange':{'seq':5,'at':'2026-01-30T12:00:00Z','actor':'operator','summary':'2 leads'}}");

        assertThat(gateway.run("history", "mail", "--at", "2026-01-31T12:00:00Z"))
                .isEqualTo(new FakeGateway.Run(0, """
                        mail at 2026-01-31T12:00:00Z, after event 7: version 2 is champion, version 1 is standby, promotions paused
                        routing split, epoch 5 since 2026-01-30T12:00:00Z
                        last change: event 5 at 2026-01-30T12:00:00Z by operator: 2 leads

                        VERSION  STAGE     SHARE  SHA-256
                              2  CHAMPION   95 %  fedcba987654
                              1  STANDBY     5 %  ab
                        """, ""));
    }

    @Test
    void showsThatNothingWasLiveYet() {
        gateway.on(
                "GET /api/v1/models/mail/history",
                200,
                "{'model':'mail','at':null,'seq':1,'epoch':null,'since':null,'mode':'split',"
                        + "'paused':false,'champion':null,'versions':[],'lastChange':null}");

        assertThat(gateway.run("history", "mail").out())
                .startsWith("mail now, after event 1: nothing is served\n")
                .contains("routing split, epoch - since -\nlast change: none\n");
    }

    @Test
    void showsWhyAKeyGetsItsVersion() {
        gateway.on(
                "GET /api/v1/models/mail/assignment?key=ann%20%26%20bob&at=2026-01-31T12%3A00%3A00Z",
                200,
                "{'model':'mail','key':'ann & bob','keyHash':'00ff','salt':'s3','epoch':5,'version':2,'stage':'CHAMPION',"
                        + "'route':'champion','share':0.95,'versions':[{'version':2,'share':0.95,'score':0.5},"
                        + "{'version':1,'share':0.05,'score':0.25}]}");

        assertThat(gateway.run("assignment", "mail", "ann & bob", "--at", "2026-01-31T12:00:00Z"))
                .isEqualTo(new FakeGateway.Run(0, """
                        mail: key ann & bob gets version 2 (CHAMPION, route champion, share 95 %) in epoch 5
                        hash of the key 00ff, salt s3

                        VERSION  SHARE  SCORE
                              2   95 %    0.5
                              1    5 %   0.25
                        """, ""));
    }

    @Test
    void showsWhatAPredictionIdSays() {
        gateway.on(
                "GET /api/v1/predictions/A_-z",
                200,
                "{'model':'mail','assigned':2,'flags':['forced','sampled'],'none':[],'label':{'state':'accepted',"
                        + "'truth':null},'said':[{'truth':'ham','score':1},{'truth':'spam'},7],'empty':{}}");

        assertThat(gateway.run("explain", "A_-z")).isEqualTo(new FakeGateway.Run(0, """
                        model: mail
                        assigned: 2
                        flags: forced, sampled
                        none: -
                        label:
                          state: accepted
                          truth: -
                        said:
                          - truth: ham
                            score: 1
                          - truth: spam
                          - 7
                        empty: -
                        """, ""));
        assertThat(gateway.run("explain", "A_-z", "--json").out()).startsWith("{\"model\":\"mail\"");
        assertThat(gateway.run("explain", "x/y").err()).isEqualTo("nothing at GET /api/v1/predictions/x%2Fy\n");
    }

    @Test
    void showsHowTheNodeItselfStands() {
        gateway.on("GET /api/v1/node", 200, "{'node':'node-1','storeId':'ab'}");

        assertThat(gateway.run("node").out()).isEqualTo("node: node-1\nstoreId: ab\n");
    }

    @Test
    void tellsThatTheLedgerIsIntact() {
        gateway.on("POST /api/v1/verify", 200, INTACT);

        assertThat(gateway.run("verify"))
                .isEqualTo(new FakeGateway.Run(0, "intact: 12,345 events, 67,890 labels, head 3f2a01234567…\n", ""));
        assertThat(gateway.run("verify", "--json"))
                .isEqualTo(new FakeGateway.Run(0, INTACT.replace('\'', '"') + "\n", ""));
        assertThat(gateway.requests()).containsOnly("POST /api/v1/verify {}");
    }

    @Test
    void namesTheFirstBrokenLink() {
        gateway.on(
                        "POST /api/v1/verify",
                        200,
                        "{'intact':false,'events':16,'labels':3,'head':'3f2a','seq':1700,'reason':'its hash is another'}")
                .on(
                        "POST /api/v1/verify",
                        200,
                        "{'intact':false,'events':16,'labels':3,'head':'3f2a','seq':0,'reason':'labels are missing'}");

        assertThat(gateway.run("verify"))
                .isEqualTo(new FakeGateway.Run(
                        1,
                        "broken at event 1,700: its hash is another (what fits: 16 events, 3 labels, head 3f2a…)\n",
                        ""));
        assertThat(gateway.run("verify"))
                .isEqualTo(new FakeGateway.Run(
                        1, "broken: labels are missing (what fits: 16 events, 3 labels, head 3f2a…)\n", ""));
    }
}
