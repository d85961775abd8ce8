-- What makes a notice cheaper to store. Nothing that can be asked for changes.

-- Rows of texts are made by the process that reads (pipeline/searchable.py), and indexed a notice at a time (pipeline/texts.py).
DROP VIEW searchable;
DROP TRIGGER texts_added;

-- Few clauses belong to a block or a table as a whole, few findings to a line or a clause.
DROP INDEX clauses_by_block;
CREATE INDEX clauses_by_block ON clauses (block_id) WHERE block_id IS NOT NULL;
DROP INDEX clauses_by_table;
CREATE INDEX clauses_by_table ON clauses (table_id) WHERE table_id IS NOT NULL;
DROP INDEX findings_by_clause;
CREATE INDEX findings_by_clause ON findings (clause_id) WHERE clause_id IS NOT NULL;

-- Origins go with the cell or block they point to, and need no second way to the document.
CREATE TABLE new_origins (
    document_id TEXT NOT NULL,
    owner TEXT NOT NULL CHECK (owner IN ('documents', 'tables', 'indicators', 'items', 'clauses', 'thresholds',
        'responsibilities', 'facts')),
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
INSERT INTO new_origins SELECT * FROM origins;
DROP TABLE origins;
ALTER TABLE new_origins RENAME TO origins;
CREATE INDEX origins_by_cell ON origins (table_id, row, col);
CREATE INDEX origins_by_block ON origins (block_id) WHERE block_id IS NOT NULL;
