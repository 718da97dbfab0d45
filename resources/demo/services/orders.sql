CREATE TABLE orders (
    id TEXT PRIMARY KEY, person TEXT NOT NULL, customer TEXT NOT NULL, item TEXT NOT NULL, amount REAL NOT NULL,
    currency TEXT NOT NULL, status TEXT NOT NULL, paid_at TEXT NOT NULL, iban TEXT NOT NULL, refunded_at TEXT, note TEXT
) WITHOUT ROWID;
CREATE TABLE payments (
    number INTEGER PRIMARY KEY, idempotency_key TEXT UNIQUE, kind TEXT NOT NULL, iban TEXT NOT NULL, amount REAL NOT NULL,
    currency TEXT NOT NULL, reference TEXT NOT NULL, purpose TEXT, status TEXT NOT NULL DEFAULT 'sent'
);
CREATE INDEX payments_by_reference ON payments (reference);
