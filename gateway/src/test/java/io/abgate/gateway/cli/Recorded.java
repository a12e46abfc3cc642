package io.abgate.gateway.cli;

/** Answers of the operators' interface, as a gateway gives them. */
final class Recorded {
    static final String VERSION_1 = """
            {"version":1,"stage":"STANDBY","share":0.05,"sha256":"0123456789abcdef0123","parent":null,"source":"first",
             "note":"","tags":[],"createdAt":"2026-01-01T00:00:00Z",
             "live":{"labels":1200,"right":1020,"accuracy":0.85,"interval":[0.829,0.869]},
             "evidence":{"g":1.0,"threshold":20.0},"shadow":null,"hostedOn":["a"]}""";
    static final String VERSION_2 = """
            {"version":2,"stage":"CHAMPION","share":0.95,"sha256":"fedcba98765432100123","parent":1,"source":"retrain",
             "note":"after the drift","tags":["a","b"],"createdAt":"2026-01-02T00:00:00Z",
             "live":{"labels":300,"right":285,"accuracy":0.95,"interval":[0.919,0.970]},
             "evidence":{"g":0.25,"threshold":20.0},"shadow":null,"hostedOn":["a"]}""";
    static final String VERSION_3 = """
            {"version":3,"stage":"SHADOW","share":0.0,"sha256":"aaaa","parent":2,"source":"retrain",
             "note":"","tags":[],"createdAt":"2026-01-03T00:00:00Z",
             "live":{"labels":0,"right":0,"accuracy":null,"interval":[0,1]},
             "evidence":null,"shadow":{"pairs":40,"candidateRight":38,"championRight":37,"needed":100},"hostedOn":[]}""";
    static final String MODEL = """
            {"model":"mail","modelId":1,"champion":2,"standby":1,"canary":null,"shadow":3,"paused":true,"frozen":false,
             "settled":true,"stageEpoch":9,
             "routing":{"mode":"split","floor":0.05,"epoch":12,"shares":{"2":0.95,"1":0.05}},
             "labels":{"accepted":1500,"corrected":2,"expired":1},"samples":{"stored":1500},"pinned":{"labels":4},
             "guard":{"version":2,"control":1,"share":0.05,"phase":"guard","suspended":false,"units":280,"score":266.0,
                      "controlUnits":20,"controlScore":17.0,"g":0.25,"threshold":20.0,"staked":0.0275,
                      "remaining":0.035,"alarms":0,"says":"no evidence against the champion"},
             "traffic":{"uncounted":0,"lost":1,"hold":"version 2 is slow","comparison":{"version":2,"control":1,
               "split":{"eValue":1.2,"peak":1.5,"threshold":2000.0,"units":9500,"controlUnits":500,"expected":9501.4,
                        "streams":1,"broken":false},
               "errors":{"eValue":0.1,"peak":2.25,"threshold":400.0,"units":9500,"bad":3,"controlUnits":500,
                         "controlBad":0,"margin":0.01,"staked":0.0025,"remaining":0.005,"hit":false,
                         "action":"rollback"},
               "latency":null}},
             "rollout":[{"version":3,"control":2,"phase":"shadow","byEvidence":true,"share":0.0,
                         "labels":{"received":45,"used":40,"late":2,"waiting":3,"maturitySeconds":60.0},
                         "g":0.2,"threshold":20.0,"staked":0.01,"remaining":0.05,
                         "proof":{"margin":0.02,"e":1.5,"threshold":20.0},"missing":160,"undecided":false,
                         "verdict":"HOLD","says":"not decided yet after 40 labelled copies"}],
             "job":{"id":7,"model":"mail","state":"RUNNING","epoch":3,"epochs":8,"loss":0.2148},
             "versions":[%s,%s,%s]}""".formatted(VERSION_1, VERSION_2, VERSION_3);

    private Recorded() {}
}
