package io.abgate.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LookingCommandsTest {
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
    void showsAllModelsInATable() {
        gateway.on("GET /api/v1/models", 200, "{'models':[" + Recorded.MODEL + ",{'model':'digits','champion':1}]}");

        FakeGateway.Run run = gateway.run("status");

        assertThat(run.code()).isZero();
        assertThat(run.out()).isEqualTo("""
            MODEL   CHAMPION  CANARY  SHADOW  STANDBY  ROUTING  LABELS  ACCURACY
            mail           2       -       3        1  split      1500     0.950  promotions paused
            digits         1       -       -        -  -             -         -
            """);
    }

    @Test
    void showsOneModelInFull() {
        gateway.on("GET /api/v1/models/mail", 200, Recorded.MODEL);

        FakeGateway.Run run = gateway.run("status", "mail");

        assertThat(run.code()).isZero();
        assertThat(run.out())
                .startsWith("""
                    mail: version 2 is champion, 3 is in shadow, 1 stands by, promotions paused
                    routing split, floor 0.05, epoch 12: version 2 gets 95 %, version 1 gets 5 %
                    labels 1500 accepted, 2 corrected, 1 expired; 1500 samples stored, 4 labels of pinned requests left out
                    shadow of version 3: 38 right against the champion's 37, 40 of 100 labels
                    guard of version 2 beside 1 with 5 %: watching, 300 labelled keys, evidence 0.250 of 20.0, budget 0.028 staked, 0.035 left: no evidence against the champion
                    shadow of version 3 beside 2 with 0 %, moved on by evidence: not decided yet after 40 labelled copies; labels 40 used of 45 received, 2 late, 3 waiting; proof 1.500 of 20.0 that it is less than 2 % worse, evidence against it 0.200 of 20.0, budget 0.010 staked, 0.050 left; needs 160 more labelled keys at least
                    requests of version 2 beside 1: 9500 of 10000, 9501 expected (evidence 1.500 of 2000.0), failed 3 of 9500 against 0 of 500 (evidence 2.250 of 400.0)
                    HOLD, nothing is promoted by itself: version 2 is slow
                    job 7 of mail: RUNNING, epoch 3 of 8, loss 0.215

                    VERSION  STAGE     SHARE  LABELS  ACCURACY  INTERVAL \
                    """)
                .contains(
                        "      1  STANDBY     5 %    1200     0.850  0.829 to 0.869  1.000 of 20.0       -  first    ");
    }

    @Test
    void listsVersions() {
        gateway.on("GET /api/v1/models/mail/versions", 200, "{'versions':[" + Recorded.VERSION_2 + "]}");

        FakeGateway.Run run = gateway.run("versions", "mail");

        assertThat(run.out().lines().skip(1))
                .containsExactly("      2  CHAMPION   95 %     300     0.950  0.919 to 0.970  0.250 of 20.0"
                        + "       1  retrain  fedcba987654  2026-01-02T00:00:00Z  a, b  after the drift");
    }

    @Test
    void printsTheAnswerAsItCameWhenAskedForJson() {
        gateway.on("GET /api/v1/models/mail", 200, "{ 'model' :  'mail' }");

        assertThat(gateway.run("status", "mail", "--json").out()).isEqualTo("{ \"model\" :  \"mail\" }\n");
    }

    @Test
    void jobSaysWhatItWaitsFor() {
        gateway.on(
                "GET /api/v1/jobs/7",
                200,
                "{'id':7,'model':'mail','state':'HELD','waitsFor':'approval','reason':'250 new labels'}");
        assertThat(gateway.run("job", "7").out())
                .isEqualTo("job 7 of mail: HELD (waits for approval): 250 new labels\n");
    }

    @Test
    void showsAJobWithWhatTheGatewaySaysOfIt() {
        gateway.on(
                "GET /api/v1/jobs/7",
                200,
                "{'id':7,'model':'mail','state':'REJECTED','version':4,'epoch':8,'epochs':8,'loss':0.1,"
                        + "'reason':'post-training accuracy fell','accuracy':{'before':0.9,'after':0.4},'x':null}");

        assertThat(gateway.run("job", "7").out()).isEqualTo("""
            job 7 of mail: REJECTED, version 4, epoch 8 of 8, loss 0.100: post-training accuracy fell
              accuracy: {"before":0.9,"after":0.4}
            """);
    }

    @Test
    void showsSomeLossesOfAJobAmongThemTheFirstAndTheLast() {
        StringBuilder losses = new StringBuilder();
        for (int epoch = 1; epoch <= 15; epoch++) {
            losses.append(epoch == 1 ? "" : ",")
                    .append("{'epoch':" + epoch + ",'loss':" + (epoch == 15 ? null : 1.0 / epoch) + ",'watched':"
                            + (epoch == 1 ? 0.5 : null) + "}");
        }
        gateway.on(
                "GET /api/v1/jobs/7",
                200,
                "{'id':7,'model':'mail','state':'SUCCEEDED','stopped':null,'losses':[" + losses + "]}");

        assertThat(gateway.run("job", "7").out()).isEqualTo("""
            job 7 of mail: SUCCEEDED
              losses: epoch 1 1.000 (0.500), epoch 3 0.333, epoch 5 0.200, epoch 7 0.143, \
            epoch 9 0.111, epoch 11 0.091, epoch 13 0.077, epoch 15 -
            """);
    }

    @Test
    void showsWhatABufferHolds() {
        gateway.on("GET /api/v1/models/mail/buffer", 200, """
            {"model":"mail","size":12,"capacity":1000,"usable":10,"trainable":9,"minimum":10,"heldOut":1,
             "origins":{"seed":{"rows":8,"usable":8},"live":{"rows":4,"usable":2}},
             "unusable":{"unknownTruth":1,"emptyInput":1,"unfitInput":0},
             "refused":[{"seq":41,"origin":"live","input":"\\"\\"","truth":"ham","reason":"an empty input"}],
             "duplicates":2,"conflicts":1,"oldest":"2026-01-01T00:00:00Z","newest":null}\
            """);

        assertThat(gateway.run("buffer", "mail").out()).isEqualTo("""
            mail: 10 usable of 12 rows, room for 1000
            trained on 9, held out 1; an automatic retraining needs 10
            duplicates 2, inputs with several truths 1
            stored from 2026-01-01T00:00:00Z to -

            ORIGIN  ROWS  USABLE
            seed       8       8
            live       4       2

            not usable: 1 with a truth that is no label, 1 with an empty input, 0 with an input that does not fit
              41 (live): "" -> ham: an empty input
            """);
        assertThat(gateway.run("buffer", "mail", "--json").out()).startsWith("{\"model\":\"mail\"");
    }

    @Test
    void showsWhichLabelsAreAskedFor() {
        gateway.on(
                "GET /api/v1/models/mail/audit?limit=2",
                200,
                "{'model':'mail','auditOneIn':50,'predictions':[{'id':'AQk','time':'2026-01-01T00:00:00Z','version':3,'input':'free"
                        + " prize'},{'id':'BQk','time':'2026-01-01T00:00:01Z','version':2,'input':null}]}");
        assertThat(gateway.run("audit", "mail", "--limit", "2").out()).isEqualTo("""
            TIME                  VERSION  INPUT         ID
            2026-01-01T00:00:00Z        3  "free prize"  AQk
            2026-01-01T00:00:01Z        2  -             BQk
            """);
        gateway.on("GET /api/v1/models/mail/audit?limit=100", 200, "{'auditOneIn':0,'predictions':[]}");
        assertThat(gateway.run("audit", "mail").out()).isEqualTo("no label is asked for (labelling.auditOneIn is 0)\n");
        assertThat(gateway.run("audit", "mail", "--json").out()).startsWith("{\"auditOneIn\":0");
        gateway.on("GET /api/v1/models/mail/audit?limit=5", 200, "{'auditOneIn':9,'predictions':[]}");
        assertThat(gateway.run("audit", "mail", "--limit", "5").out())
                .isEqualTo("no label that is asked for is missing\n");
    }

    @Test
    void showsHowLabelsCome() {
        String labelling = "'labelling':{'received':40,'predicted':90,'mature':80,'coverage':0.4,"
                + "'lag':{'p50':2.5,'p95':61.0,'count':40},'bounds':{'low':0.3,'high':0.9},'audit':{'asked':10,"
                + "'labelled':9,'accuracy':0.75,'interval':[0.4,0.9]},'dependence':'labels depend on it'}";
        gateway.on(
                "GET /api/v1/models/mail",
                200,
                "{'model':'mail','champion':1,'versions':[{'version':1,'share':0.9," + labelling
                        + "},{'version':2,'share':0.1,'labelling':{'received':0,'coverage':null}},"
                        + "{'version':3,'share':0," + labelling + "}]}");
        assertThat(gateway.run("status", "mail").out())
                .contains("\n"
                        + "labels of version 1: 40 received; half within 2.500 s, 95 % within 61.000 s; 40 % of"
                        + " the 80 predictions labelled that are counted and old enough, so their accuracy is"
                        + " from 0.300 to 0.900; audit 9 of 10, accuracy 0.750 0.400 to 0.900; NOT ALL SPEAK FOR"
                        + " IT: labels depend on it\n")
                .doesNotContain("labels of version 2")
                .doesNotContain("labels of version 3");
    }

    @Test
    void showsWhyAModelIsNotRetrained() {
        String training = "'training':{'buffer':{'size':12,'capacity':1000,'usable':7,'trainable':7,'minimum':10},"
                + "'approval':'manual','asks':'12 new labels','obstacle':'7 usable of 12 rows','held':'it failed',"
                + "'waiting':7,'failuresInARow':3,'coolsDownUntil':null}";
        gateway.on("GET /api/v1/models/mail", 200, "{'model':'mail','champion':1," + training + "}");

        assertThat(gateway.run("status", "mail").out())
                .contains(
                        "mail: version 1 is champion, retraining held for a person, job 7 waits for approval\n",
                        "retraining: buffer with 7 usable of 12 rows, room for 1000; asked for: 12 new labels;"
                                + " none now: 7 usable of 12 rows\n");
    }

    @Test
    void showsWhatIsOverriddenAndWithdrawn() {
        gateway.on(
                "GET /api/v1/models/mail",
                200,
                "{'model':'mail','champion':2,'labels':{'accepted':9,'withdrawn':4},'overrides':[{'node':'node-1',"
                        + "'version':1,'from':'2026-01-01T00:00:00Z','until':'2026-01-01T01:00:00Z',"
                        + "'reason':'it burns'}],'versions':[]}");

        assertThat(gateway.run("status", "mail").out())
                .contains(
                        "labels 9 accepted, - corrected, - expired, 4 withdrawn; ",
                        "override: node-1 serves version 1 from 2026-01-01T00:00:00Z until 2026-01-01T01:00:00Z:"
                                + " it burns\n");
    }

    @Test
    void showsAlertsInTheTableAndInFull() {
        String alerts = "[{'kind':'ACCURACY','version':2,'since':'2026-01-01T00:00:00Z','value':0.16,'limit':0.15,"
                + "'says':'accuracy 0.160 below the baseline','told':true},"
                + "{'kind':'TRAINING_FAILED','version':2,'since':'2026-01-01T00:00:00Z','value':null,'limit':null,"
                + "'says':'training 7 ended FAILED: no rows','told':true}]";
        String model = "{'model':'mail','champion':2,'monitor':{'alerts':" + alerts + "},'versions':[]}";
        gateway.on("GET /api/v1/models/mail", 200, model).on("GET /api/v1/models", 200, "{'models':[" + model + "]}");

        assertThat(gateway.run("status", "mail").out()).contains("""
            ALERT ACCURACY since 2026-01-01T00:00:00Z: accuracy 0.160 below the baseline (0.16, limit 0.15)
            ALERT TRAINING_FAILED since 2026-01-01T00:00:00Z: training 7 ended FAILED: no rows
            """);
        assertThat(gateway.run("status").out()).contains("2 alerts");
    }

    @Test
    void tellsWhatStandsBetweenVerdictsAndDeeds() {
        gateway.on("GET /api/v1/models/mail", 200, """
            {'model':'mail','champion':1,'settled':true,'versions':[],
             'oversight':{'mode':'dryRun','approval':'manual','decisions':'both','errorRate':null,
              'would':[{'version':2,'verdict':'ROLL_BACK','reason':'worse'},
                       {'version':3,'verdict':'PROMOTE','reason':'better'}],
              'waiting':{'version':4,'reason':'as good'},
              'threshold':{'drop':0.1,'labels':100,'seen':{'1':100,'2':40},'fallen':[]}}}\
            """);

        assertThat(gateway.run("status", "mail").out())
                .startsWith("mail: version 1 is champion, dry run, version 4 waits for approval\n")
                .contains(
                        "dry run: verdicts are told and nothing moves\n",
                        "would roll back version 2: worse\n",
                        "would promote version 3: better\n",
                        "waits for approval: the promotion of version 4: as good\n",
                        "the threshold rule decides beside the evidence (a fall by 0.1 over 100 labels): its rollbacks"
                                + " have no stated error rate; version 1 has 100, version 2 has 40\n");
    }

    @Test
    void tellsOfAVoteAndItsMembers() {
        gateway.on("GET /api/v1/models/mail", 200, """
            {'model':'mail','champion':1,'settled':true,'versions':[],
             'ensemble':{'labels':10,'right':9.0,'accuracy':0.9,'interval':[0.5,1.0],'says':'nobody else is judged',
              'members':[{'version':1,'vote':2.197,'weight':2.2,'belief':0.9,'beliefLabels':98,'answers':10,'right':9},
                         {'version':2,'vote':0,'weight':0,'belief':0.5,'beliefLabels':0,'answers':0,'right':0}]}}\
            """);

        assertThat(gateway.run("status", "mail").out())
                .contains("ensemble: 10 labels, accuracy 0.9")
                .contains("; nobody else is judged\n")
                .contains("  version 1 votes with weight 2.19")
                .contains(": 9 of 10 labelled answers of its own right, believed to be right in 0.9")
                .contains("  version 2 has no vote: 0 of 0 labelled answers");
    }
}
