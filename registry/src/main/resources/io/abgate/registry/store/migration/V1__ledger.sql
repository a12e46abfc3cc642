-- One DDL for SQLite and PostgreSQL. Sequence numbers come from lease.seq, times are milliseconds since 1970, hashes are
-- lower-case hexadecimal, JSON is text. SQLite has no type BYTEA: it keeps such a column's blobs as they are.

CREATE TABLE lease (
    id                INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    store_id          TEXT    NOT NULL,
    token             TEXT    NOT NULL,
    holder            TEXT    NOT NULL,
    expires_at_millis BIGINT  NOT NULL,
    seq               BIGINT  NOT NULL
);

CREATE TABLE event (
    seq           BIGINT NOT NULL PRIMARY KEY,
    at_millis     BIGINT NOT NULL,
    actor         TEXT   NOT NULL,
    type          TEXT   NOT NULL,
    model         TEXT   NOT NULL,
    body          TEXT   NOT NULL,
    previous_hash TEXT   NOT NULL,
    hash          TEXT   NOT NULL
);
CREATE INDEX event_by_model ON event (model, seq);
CREATE INDEX event_by_type ON event (type, seq);
CREATE INDEX event_by_time ON event (at_millis, seq);

CREATE TABLE label (
    seq               BIGINT           NOT NULL PRIMARY KEY,
    model             TEXT             NOT NULL,
    time_millis       BIGINT           NOT NULL,
    nonce             BIGINT           NOT NULL,
    key_id            INTEGER          NOT NULL,
    flags             INTEGER          NOT NULL,
    model_id          INTEGER          NOT NULL,
    assigned          INTEGER          NOT NULL,
    answered          INTEGER          NOT NULL,
    value             BIGINT           NOT NULL,
    confidence        DOUBLE PRECISION NOT NULL,
    epoch             BIGINT           NOT NULL,
    key_hash          BIGINT           NOT NULL,
    kind              TEXT             NOT NULL,
    truth             TEXT,
    score             DOUBLE PRECISION NOT NULL,
    arrived_at_millis BIGINT           NOT NULL,
    source            TEXT             NOT NULL
);
CREATE UNIQUE INDEX label_that_counts ON label (model, time_millis, nonce) WHERE kind = 'ACCEPTED';
CREATE INDEX label_by_prediction ON label (model, time_millis, nonce, seq);
CREATE INDEX label_by_model ON label (model, seq);

CREATE TABLE artifact (
    sha256            TEXT   NOT NULL PRIMARY KEY,
    bytes             BYTEA  NOT NULL,
    size_bytes        BIGINT NOT NULL,
    created_at_millis BIGINT NOT NULL
);

CREATE TABLE job (
    id                BIGINT NOT NULL PRIMARY KEY,
    model             TEXT   NOT NULL,
    state             TEXT   NOT NULL,
    body              TEXT   NOT NULL,
    created_at_millis BIGINT NOT NULL,
    updated_at_millis BIGINT NOT NULL
);
CREATE INDEX job_by_state ON job (state, id);

-- labelled_seq is a projection: from when on a sample and its truth are both in the ledger.
CREATE TABLE sample (
    seq               BIGINT NOT NULL PRIMARY KEY,
    model             TEXT   NOT NULL,
    time_millis       BIGINT NOT NULL,
    nonce             BIGINT NOT NULL,
    origin            TEXT   NOT NULL,
    input             TEXT   NOT NULL,
    truth             TEXT,
    shadows           TEXT   NOT NULL,
    arrived_at_millis BIGINT NOT NULL,
    labelled_seq      BIGINT,
    UNIQUE (model, time_millis, nonce)
);
CREATE INDEX sample_by_labelled ON sample (model, labelled_seq) WHERE labelled_seq IS NOT NULL;

CREATE TABLE route (
    model       TEXT   NOT NULL,
    epoch       BIGINT NOT NULL,
    route_table TEXT   NOT NULL,
    PRIMARY KEY (model, epoch)
);

CREATE TABLE model_state (
    model TEXT   NOT NULL PRIMARY KEY,
    seq   BIGINT NOT NULL,
    state TEXT   NOT NULL
);
