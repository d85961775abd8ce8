-- The texts of a notice follow one another, so that storing one touches few pages of the table and its index is half as large. The function
-- first_text_id() is that of pipeline/texts.py; the order is that of pipeline/searchable.py. The list of allowed words is a chain of OR (0004).
PRAGMA legacy_alter_table = ON;  -- views mean the new table

ALTER TABLE texts RENAME TO old_texts;
CREATE TABLE texts (
    id INTEGER PRIMARY KEY,
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    owner TEXT NOT NULL CHECK (owner = 'blocks' OR owner = 'cells' OR owner = 'indicators' OR owner = 'findings'),
    owner_id TEXT NOT NULL,
    field TEXT NOT NULL CHECK (field <> ''),
    row INTEGER CHECK (row >= 0),
    col INTEGER CHECK (col >= 0),
    text TEXT NOT NULL CHECK (text <> ''),
    tokens TEXT NOT NULL
);
INSERT INTO texts
SELECT
    first_text_id(x.document_id) - 1 + row_number() OVER (
        PARTITION BY x.document_id
        ORDER BY
            CASE x.owner WHEN 'blocks' THEN 0 WHEN 'indicators' THEN 1 + (x.field LIKE '%:%') WHEN 'cells' THEN 3 ELSE 4 END,
            CASE WHEN x.field LIKE '%:%' THEN CAST(substr(x.field, instr(x.field, ':') + 1) AS INTEGER)
                ELSE coalesce(b.ordinal, i.ordinal, t.ordinal, f.ordinal) END,
            CASE x.field WHEN 'path' THEN 0 WHEN 'name' THEN 1 WHEN 'requirement' THEN 2 ELSE 3 END,
            x.row, x.col
    ),
    x.document_id, x.owner, x.owner_id, x.field, x.row, x.col, x.text, x.tokens
FROM old_texts AS x
    LEFT JOIN blocks AS b ON x.owner = 'blocks' AND b.id = x.owner_id
    LEFT JOIN indicators AS i ON x.owner = 'indicators' AND i.id = x.owner_id
    LEFT JOIN tables AS t ON x.owner = 'cells' AND t.id = x.owner_id
    LEFT JOIN findings AS f ON x.owner = 'findings' AND f.id = x.owner_id;
DROP TABLE old_texts;
CREATE INDEX texts_by_document ON texts (document_id);
CREATE TRIGGER texts_gone AFTER DELETE ON texts BEGIN
    INSERT INTO texts_fts (texts_fts, rowid, tokens) VALUES ('delete', old.id, old.tokens);
END;
INSERT INTO texts_fts (texts_fts) VALUES ('rebuild');

PRAGMA legacy_alter_table = OFF;
