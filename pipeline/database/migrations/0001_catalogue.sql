-- The tables of docs/catalogue.md.
-- Rows are kept in the order of their ids (WITHOUT ROWID), so that a dump is the same in whatever order the notices arrived.

CREATE TABLE documents (
    id TEXT NOT NULL PRIMARY KEY,
    source TEXT NOT NULL CHECK (source <> ''),
    format TEXT CHECK (format <> ''),
    sha256 TEXT CHECK (length(sha256) = 64),
    bytes INTEGER CHECK (bytes >= 0),
    pages INTEGER CHECK (pages > 0),
    kind TEXT CHECK (kind IN ('assessment', 'summary', 'other')),
    title TEXT CHECK (title <> ''),
    issuer TEXT CHECK (issuer <> ''),
    doc_number TEXT CHECK (doc_number <> ''),
    issued_on TEXT CHECK (issued_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    year INTEGER,
    status TEXT NOT NULL DEFAULT 'failed' CHECK (status IN ('ok', 'partial', 'failed')),
    message TEXT CHECK (message <> ''),
    amounts_seen INTEGER CHECK (amounts_seen >= 0),
    amounts_held INTEGER CHECK (amounts_held BETWEEN 0 AND amounts_seen)
) WITHOUT ROWID;

CREATE TABLE sources (
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    source TEXT NOT NULL CHECK (source <> ''),
    present INTEGER NOT NULL CHECK (present IN (0, 1)),
    PRIMARY KEY (document_id, source)
) WITHOUT ROWID;

CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    started_at TEXT NOT NULL,
    finished_at TEXT,
    version TEXT NOT NULL,
    reader TEXT NOT NULL,
    options TEXT NOT NULL
);

CREATE TABLE ingestions (
    id INTEGER PRIMARY KEY,
    run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    inbox TEXT NOT NULL,
    source TEXT NOT NULL,
    document_id TEXT NOT NULL,
    bytes INTEGER,
    mtime_ns INTEGER,
    outcome TEXT NOT NULL CHECK (outcome IN ('stored', 'same', 'failed', 'left')),
    code TEXT,
    message TEXT,
    seconds REAL,
    finished_at TEXT NOT NULL
);
CREATE INDEX ingestions_by_file ON ingestions (inbox, source);
CREATE INDEX ingestions_by_run ON ingestions (run_id);
CREATE INDEX ingestions_by_document ON ingestions (document_id);

CREATE TABLE tables (
    id TEXT NOT NULL PRIMARY KEY,
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL CHECK (ordinal >= 0),
    kind TEXT NOT NULL CHECK (kind IN ('scoring', 'form', 'list')),
    title TEXT CHECK (title <> ''),
    total_points REAL CHECK (total_points >= 0),
    columns TEXT NOT NULL CHECK (json_type(columns) = 'array'),
    page_first INTEGER CHECK (page_first > 0),
    page_last INTEGER CHECK (page_last >= page_first)
) WITHOUT ROWID;
CREATE UNIQUE INDEX tables_in_order ON tables (document_id, ordinal);

CREATE TABLE blocks (
    id TEXT NOT NULL PRIMARY KEY,
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL CHECK (ordinal >= 0),
    kind TEXT NOT NULL CHECK (kind IN ('title', 'heading', 'paragraph', 'note', 'table', 'furniture')),
    level INTEGER CHECK (level > 0),
    label TEXT CHECK (label <> ''),
    text TEXT CHECK (text <> ''),
    page INTEGER CHECK (page > 0),
    table_id TEXT REFERENCES tables (id) ON DELETE CASCADE,
    CHECK ((kind = 'table') = (table_id IS NOT NULL))
) WITHOUT ROWID;
CREATE UNIQUE INDEX blocks_in_order ON blocks (document_id, ordinal);
CREATE INDEX blocks_by_table ON blocks (table_id);

CREATE TABLE cells (
    table_id TEXT NOT NULL REFERENCES tables (id) ON DELETE CASCADE,
    row INTEGER NOT NULL CHECK (row >= 0),
    col INTEGER NOT NULL CHECK (col >= 0),
    row_span INTEGER NOT NULL CHECK (row_span > 0),
    col_span INTEGER NOT NULL CHECK (col_span > 0),
    text TEXT CHECK (text <> ''),
    boxes TEXT CHECK (json_type(boxes) = 'array'),
    confidence REAL CHECK (confidence BETWEEN 0 AND 1),
    PRIMARY KEY (table_id, row, col)
) WITHOUT ROWID;

CREATE TABLE indicators (
    id TEXT NOT NULL PRIMARY KEY,
    key TEXT NOT NULL CHECK (key <> ''),
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    table_id TEXT NOT NULL REFERENCES tables (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL CHECK (ordinal >= 0),
    kind TEXT NOT NULL CHECK (kind IN ('scored', 'bonus', 'penalty', 'downgrade')),
    counts_to_total INTEGER NOT NULL CHECK (counts_to_total IN (0, 1)),
    level1 TEXT CHECK (level1 <> ''),
    level1_points REAL CHECK (level1_points >= 0),
    level2 TEXT CHECK (level2 <> ''),
    level2_points REAL CHECK (level2_points >= 0),
    path TEXT NOT NULL CHECK (json_type(path) = 'array'),
    number TEXT CHECK (number <> ''),
    name TEXT CHECK (name <> ''),
    requirement TEXT CHECK (requirement <> ''),
    criteria TEXT CHECK (criteria <> ''),
    points REAL CHECK (points >= 0),
    points_text TEXT CHECK (points_text <> ''),
    row_first INTEGER CHECK (row_first >= 0),
    row_last INTEGER CHECK (row_last >= row_first),
    page INTEGER CHECK (page > 0)
) WITHOUT ROWID;
CREATE UNIQUE INDEX indicators_in_order ON indicators (document_id, ordinal);
CREATE INDEX indicators_by_table ON indicators (table_id);
CREATE INDEX indicators_by_key ON indicators (key);

CREATE TABLE items (
    id TEXT NOT NULL PRIMARY KEY,
    indicator_id TEXT NOT NULL REFERENCES indicators (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL CHECK (ordinal >= 0),
    field TEXT NOT NULL CHECK (field IN ('requirement', 'criteria', 'name', 'points_text')),
    start INTEGER NOT NULL CHECK (start >= 0),
    end INTEGER NOT NULL CHECK (end > start),
    label TEXT CHECK (label <> ''),
    text TEXT CHECK (text <> ''),
    points REAL CHECK (points >= 0)
) WITHOUT ROWID;
CREATE INDEX items_by_indicator ON items (indicator_id, ordinal);

CREATE TABLE clauses (
    id TEXT NOT NULL PRIMARY KEY,
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    indicator_id TEXT REFERENCES indicators (id) ON DELETE CASCADE,
    block_id TEXT REFERENCES blocks (id) ON DELETE CASCADE,
    table_id TEXT REFERENCES tables (id) ON DELETE CASCADE,
    scope TEXT NOT NULL CHECK (scope IN ('line', 'category', 'table', 'notice')),
    ordinal INTEGER NOT NULL CHECK (ordinal >= 0),
    field TEXT CHECK (field IN ('requirement', 'criteria', 'name', 'points_text')),
    start INTEGER NOT NULL CHECK (start >= 0),
    end INTEGER NOT NULL CHECK (end > start),
    text TEXT NOT NULL CHECK (text <> ''),
    item TEXT CHECK (item <> ''),
    effect TEXT NOT NULL CHECK (effect IN ('award', 'deduct', 'bonus', 'forfeit', 'full', 'proportional', 'discretionary',
        'external', 'veto', 'downgrade', 'cap', 'choose', 'multiply')),
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
CREATE UNIQUE INDEX clauses_in_order ON clauses (document_id, ordinal);
CREATE INDEX clauses_by_indicator ON clauses (indicator_id, ordinal);
CREATE INDEX clauses_by_block ON clauses (block_id);
CREATE INDEX clauses_by_table ON clauses (table_id);

CREATE TABLE thresholds (
    id TEXT NOT NULL PRIMARY KEY,
    indicator_id TEXT NOT NULL REFERENCES indicators (id) ON DELETE CASCADE,
    clause_id TEXT REFERENCES clauses (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL CHECK (ordinal >= 0),
    field TEXT NOT NULL CHECK (field IN ('requirement', 'criteria', 'name', 'points_text')),
    start INTEGER NOT NULL CHECK (start >= 0),
    end INTEGER NOT NULL CHECK (end > start),
    text TEXT NOT NULL CHECK (text <> ''),
    metric TEXT CHECK (metric <> ''),
    comparator TEXT NOT NULL CHECK (comparator IN ('>=', '>', '<=', '<', '=', 'between')),
    value REAL NOT NULL,
    value_high REAL,
    unit TEXT CHECK (unit <> ''),
    basis TEXT CHECK (basis <> ''),
    period TEXT CHECK (period <> ''),
    rule TEXT NOT NULL CHECK (rule <> ''),
    CHECK ((comparator = 'between') = (value_high IS NOT NULL))
) WITHOUT ROWID;
CREATE INDEX thresholds_by_indicator ON thresholds (indicator_id, ordinal);
CREATE INDEX thresholds_by_clause ON thresholds (clause_id);

CREATE TABLE responsibilities (
    id TEXT NOT NULL PRIMARY KEY,
    indicator_id TEXT NOT NULL REFERENCES indicators (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL CHECK (ordinal >= 0),
    role TEXT NOT NULL CHECK (role IN ('responsible_office', 'lead_leader', 'lead_department', 'supporting_department')),
    party TEXT NOT NULL CHECK (party <> '')
) WITHOUT ROWID;
CREATE INDEX responsibilities_by_indicator ON responsibilities (indicator_id, ordinal);

CREATE TABLE facts (
    id TEXT NOT NULL PRIMARY KEY,
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    block_id TEXT NOT NULL REFERENCES blocks (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL CHECK (ordinal >= 0),
    start INTEGER NOT NULL CHECK (start >= 0),
    end INTEGER NOT NULL CHECK (end > start),
    text TEXT NOT NULL CHECK (text <> ''),
    metric TEXT CHECK (metric <> ''),
    value REAL NOT NULL,
    unit TEXT CHECK (unit <> ''),
    approximate INTEGER NOT NULL CHECK (approximate IN (0, 1)),
    change TEXT CHECK (change IN ('up', 'down')),
    change_value REAL,
    change_unit TEXT CHECK (change_unit <> ''),
    basis TEXT CHECK (basis <> ''),
    period TEXT CHECK (period <> ''),
    rule TEXT NOT NULL CHECK (rule <> '')
) WITHOUT ROWID;
CREATE UNIQUE INDEX facts_in_order ON facts (document_id, ordinal);
CREATE INDEX facts_by_block ON facts (block_id);

CREATE TABLE origins (
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
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
CREATE INDEX origins_by_document ON origins (document_id);
CREATE INDEX origins_by_cell ON origins (table_id, row, col);
CREATE INDEX origins_by_block ON origins (block_id) WHERE block_id IS NOT NULL;

CREATE TABLE findings (
    id TEXT NOT NULL PRIMARY KEY,
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL CHECK (ordinal >= 0),
    table_id TEXT REFERENCES tables (id) ON DELETE CASCADE,
    indicator_id TEXT REFERENCES indicators (id) ON DELETE CASCADE,
    clause_id TEXT REFERENCES clauses (id) ON DELETE CASCADE,
    about TEXT NOT NULL CHECK (about IN ('reading', 'notice')),
    severity TEXT NOT NULL CHECK (severity IN ('error', 'warning', 'info')),
    code TEXT NOT NULL CHECK (code <> ''),
    message TEXT NOT NULL CHECK (message <> ''),
    page INTEGER CHECK (page > 0),
    row INTEGER CHECK (row >= 0),
    col INTEGER CHECK (col >= 0)
) WITHOUT ROWID;
CREATE UNIQUE INDEX findings_in_order ON findings (document_id, ordinal);
CREATE INDEX findings_by_severity ON findings (severity, code);
CREATE INDEX findings_by_table ON findings (table_id);
CREATE INDEX findings_by_indicator ON findings (indicator_id);
CREATE INDEX findings_by_clause ON findings (clause_id);
