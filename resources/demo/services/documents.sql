CREATE TABLE documents (
    document TEXT PRIMARY KEY, kind TEXT NOT NULL, title TEXT NOT NULL, party TEXT NOT NULL, amount REAL, currency TEXT,
    iban TEXT, flag TEXT NOT NULL, text TEXT NOT NULL, mail TEXT, cost_centre TEXT, urgency INTEGER, weight TEXT,
    clause TEXT, finding TEXT
) WITHOUT ROWID;
CREATE TABLE shares (number INTEGER PRIMARY KEY, idempotency_key TEXT UNIQUE, document TEXT NOT NULL, shared_with TEXT NOT NULL);
