CREATE TABLE employees (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, team TEXT NOT NULL, title TEXT NOT NULL, manager TEXT NOT NULL,
    mail TEXT NOT NULL, leave_days INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE access (
    id INTEGER PRIMARY KEY, employee TEXT NOT NULL REFERENCES employees (id), entitlement TEXT NOT NULL,
    granted_at TEXT NOT NULL, revoked_at TEXT, ticket TEXT
);
CREATE INDEX access_by_employee ON access (employee, entitlement);
