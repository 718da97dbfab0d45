CREATE TABLE mails (
    number INTEGER PRIMARY KEY, idempotency_key TEXT UNIQUE, box TEXT NOT NULL, sent_to TEXT NOT NULL, subject TEXT NOT NULL,
    text TEXT NOT NULL, case_reference TEXT
);
CREATE INDEX mails_by_case ON mails (case_reference);
