-- What makes a notice cheaper to store. Nothing that can be asked for changes.

-- Rows of texts are made by the process that reads (pipeline/searchable.py), and indexed a notice at a time (pipeline/texts.py).
DROP VIEW searchable;
DROP TRIGGER texts_added;

DROP INDEX findings_by_clause;  -- few findings belong to a clause
CREATE INDEX findings_by_clause ON findings (clause_id) WHERE clause_id IS NOT NULL;

-- The tables with the most rows. A list of allowed words is a chain of OR: for IN (...) SQLite builds a little table for each row that is
-- inserted, which takes as long as the row. Origins go with the cell or block they point to, and need no second way to the document. Few
-- clauses belong to a block or to a table as a whole.
PRAGMA legacy_alter_table = ON;  -- views and references mean the new table

ALTER TABLE items RENAME TO old_items;
CREATE TABLE items (
    id TEXT NOT NULL PRIMARY KEY,
    indicator_id TEXT NOT NULL REFERENCES indicators (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL CHECK (ordinal >= 0),
    field TEXT NOT NULL CHECK (field = 'requirement' OR field = 'criteria' OR field = 'name' OR field = 'points_text'),
    start INTEGER NOT NULL CHECK (start >= 0),
    end INTEGER NOT NULL CHECK (end > start),
    label TEXT CHECK (label <> ''),
    text TEXT CHECK (text <> ''),
    points REAL CHECK (points >= 0)
) WITHOUT ROWID;
INSERT INTO items SELECT * FROM old_items;
DROP TABLE old_items;
CREATE INDEX items_by_indicator ON items (indicator_id, ordinal);

ALTER TABLE clauses RENAME TO old_clauses;
CREATE TABLE clauses (
    id TEXT NOT NULL PRIMARY KEY,
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    indicator_id TEXT REFERENCES indicators (id) ON DELETE CASCADE,
    block_id TEXT REFERENCES blocks (id) ON DELETE CASCADE,
    table_id TEXT REFERENCES tables (id) ON DELETE CASCADE,
    scope TEXT NOT NULL CHECK (scope = 'line' OR scope = 'category' OR scope = 'table' OR scope = 'notice'),
    ordinal INTEGER NOT NULL CHECK (ordinal >= 0),
    field TEXT CHECK (field = 'requirement' OR field = 'criteria' OR field = 'name' OR field = 'points_text'),
    start INTEGER NOT NULL CHECK (start >= 0),
    end INTEGER NOT NULL CHECK (end > start),
    text TEXT NOT NULL CHECK (text <> ''),
    item TEXT CHECK (item <> ''),
    effect TEXT NOT NULL CHECK (effect = 'award' OR effect = 'deduct' OR effect = 'bonus' OR effect = 'forfeit' OR effect = 'full' OR
        effect = 'proportional' OR effect = 'discretionary' OR effect = 'external' OR effect = 'veto' OR
        effect = 'downgrade' OR effect = 'cap' OR effect = 'choose' OR effect = 'multiply'),
    points REAL CHECK (points >= 0),
    per_quantity REAL CHECK (per_quantity > 0),
    per_unit TEXT CHECK (per_unit <> ''),
    condition TEXT CHECK (condition <> ''),
    cap REAL CHECK (cap >= 0),
    binds TEXT CHECK (json_type(binds) = 'array'),
    rule TEXT NOT NULL CHECK (rule <> ''),
    CHECK (scope <> 'line' OR indicator_id IS NOT NULL),
    CHECK (coalesce(indicator_id, block_id, table_id) IS NOT NULL),
    CHECK (indicator_id IS NULL OR field IS NOT NULL),
    CHECK (per_unit IS NULL OR per_quantity IS NOT NULL)
) WITHOUT ROWID;
INSERT INTO clauses SELECT * FROM old_clauses;
DROP TABLE old_clauses;
CREATE UNIQUE INDEX clauses_in_order ON clauses (document_id, ordinal);
CREATE INDEX clauses_by_indicator ON clauses (indicator_id, ordinal);
CREATE INDEX clauses_by_block ON clauses (block_id) WHERE block_id IS NOT NULL;
CREATE INDEX clauses_by_table ON clauses (table_id) WHERE table_id IS NOT NULL;

ALTER TABLE thresholds RENAME TO old_thresholds;
CREATE TABLE thresholds (
    id TEXT NOT NULL PRIMARY KEY,
    indicator_id TEXT NOT NULL REFERENCES indicators (id) ON DELETE CASCADE,
    clause_id TEXT REFERENCES clauses (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL CHECK (ordinal >= 0),
    field TEXT NOT NULL CHECK (field = 'requirement' OR field = 'criteria' OR field = 'name' OR field = 'points_text'),
    start INTEGER NOT NULL CHECK (start >= 0),
    end INTEGER NOT NULL CHECK (end > start),
    text TEXT NOT NULL CHECK (text <> ''),
    metric TEXT CHECK (metric <> ''),
    comparator TEXT NOT NULL CHECK (comparator = '>=' OR comparator = '>' OR comparator = '<=' OR comparator = '<' OR comparator = '=' OR
        comparator = 'between'),
    value REAL NOT NULL,
    value_high REAL,
    unit TEXT CHECK (unit <> ''),
    basis TEXT CHECK (basis <> ''),
    period TEXT CHECK (period <> ''),
    rule TEXT NOT NULL CHECK (rule <> ''),
    CHECK ((comparator = 'between') = (value_high IS NOT NULL))
) WITHOUT ROWID;
INSERT INTO thresholds SELECT * FROM old_thresholds;
DROP TABLE old_thresholds;
CREATE INDEX thresholds_by_indicator ON thresholds (indicator_id, ordinal);
CREATE INDEX thresholds_by_clause ON thresholds (clause_id) WHERE clause_id IS NOT NULL;

ALTER TABLE responsibilities RENAME TO old_responsibilities;
CREATE TABLE responsibilities (
    id TEXT NOT NULL PRIMARY KEY,
    indicator_id TEXT NOT NULL REFERENCES indicators (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL CHECK (ordinal >= 0),
    role TEXT NOT NULL CHECK (role = 'responsible_office' OR role = 'lead_leader' OR role = 'lead_department' OR
        role = 'supporting_department'),
    party TEXT NOT NULL CHECK (party <> '')
) WITHOUT ROWID;
INSERT INTO responsibilities SELECT * FROM old_responsibilities;
DROP TABLE old_responsibilities;
CREATE INDEX responsibilities_by_indicator ON responsibilities (indicator_id, ordinal);

ALTER TABLE origins RENAME TO old_origins;
CREATE TABLE origins (
    document_id TEXT NOT NULL,
    owner TEXT NOT NULL CHECK (owner = 'documents' OR owner = 'tables' OR owner = 'indicators' OR owner = 'items' OR owner = 'clauses' OR
        owner = 'thresholds' OR owner = 'responsibilities' OR owner = 'facts'),
    owner_id TEXT NOT NULL,
    field TEXT NOT NULL CHECK (field <> ''),
    ordinal INTEGER NOT NULL CHECK (ordinal >= 0),
    table_id TEXT REFERENCES tables (id) ON DELETE CASCADE,
    row INTEGER CHECK (row >= 0),
    col INTEGER CHECK (col >= 0),
    block_id TEXT REFERENCES blocks (id) ON DELETE CASCADE,
    start INTEGER NOT NULL CHECK (start >= 0),
    end INTEGER NOT NULL CHECK (end > start),
    PRIMARY KEY (owner_id, field, ordinal),
    CHECK ((table_id IS NULL) <> (block_id IS NULL)),
    CHECK ((table_id IS NULL) = (row IS NULL) AND (table_id IS NULL) = (col IS NULL))
) WITHOUT ROWID;
INSERT INTO origins SELECT * FROM old_origins;
DROP TABLE old_origins;
CREATE INDEX origins_by_cell ON origins (table_id, row, col);
CREATE INDEX origins_by_block ON origins (block_id) WHERE block_id IS NOT NULL;

PRAGMA legacy_alter_table = OFF;
