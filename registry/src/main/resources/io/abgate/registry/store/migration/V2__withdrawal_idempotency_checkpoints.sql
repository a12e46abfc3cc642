-- A withdrawn label stays where it is: voided_seq is a projection of the LABELS_VOIDED events.
ALTER TABLE label ADD COLUMN voided_seq BIGINT;
DROP INDEX label_that_counts;
CREATE UNIQUE INDEX label_that_counts ON label (model, time_millis, nonce) WHERE kind = 'ACCEPTED' AND voided_seq IS NULL;

-- What was answered to an operation that came with a key, written in the transaction of its change.
CREATE TABLE answered_operation (
    idempotency_key TEXT    NOT NULL PRIMARY KEY,
    fingerprint     TEXT    NOT NULL,
    status          INTEGER NOT NULL,
    body            TEXT    NOT NULL,
    at_millis       BIGINT  NOT NULL
);
CREATE INDEX answered_operation_by_time ON answered_operation (at_millis);

-- The state of each model at a place of the ledger, from which a start goes on; covered by a CHECKPOINT event.
DROP TABLE model_state;
CREATE TABLE model_state (
    model    TEXT   NOT NULL PRIMARY KEY,
    seq      BIGINT NOT NULL,
    settings TEXT   NOT NULL,
    state    TEXT   NOT NULL
);

-- Inputs that may be pruned one day; a pruned one that is kept for its shadow answers has the empty text as its input.
CREATE INDEX sample_to_prune ON sample (model, arrived_at_millis) WHERE origin = 'LIVE' AND input <> '';

-- Events but those of the store's own bookkeeping, which are most of them and seldom asked for.
CREATE INDEX event_told ON event (seq) WHERE type NOT IN ('LABELS', 'CHECKPOINT');
CREATE INDEX event_told_of_model ON event (model, seq) WHERE type NOT IN ('LABELS', 'CHECKPOINT');

-- The newest event's hash, kept apart from it: without it nobody would miss events that are gone from the end.
ALTER TABLE lease ADD COLUMN head TEXT;
