CREATE TABLE bookings (
    id INTEGER PRIMARY KEY, cost_centre TEXT NOT NULL, booked_at TEXT NOT NULL, text TEXT NOT NULL, amount REAL NOT NULL,
    currency TEXT NOT NULL DEFAULT 'EUR'
);
CREATE INDEX bookings_by_centre ON bookings (cost_centre, id);
CREATE TABLE periods (period TEXT PRIMARY KEY, closed INTEGER NOT NULL) WITHOUT ROWID;
