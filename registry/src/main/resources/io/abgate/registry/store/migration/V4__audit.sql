-- Predictions whose label is asked for: their signed id, with which it is given, and the version that was assigned.
ALTER TABLE sample ADD COLUMN asked_id TEXT;
ALTER TABLE sample ADD COLUMN asked_version INTEGER;
CREATE INDEX sample_asked ON sample (model, time_millis, nonce) WHERE asked_id IS NOT NULL;
