-- 21: the migrations that are in it. Written by python -m tools.fresh_schema: do not edit.

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
, edition_of TEXT, origins TEXT CHECK (json_type(origins) = 'array'), stable_id TEXT CHECK (stable_id <> ''), former_ids TEXT CHECK (json_type(former_ids) = 'array'), office TEXT CHECK (office <> ''), sample INTEGER NOT NULL DEFAULT 0 CHECK (sample IN (0, 1)), retired INTEGER NOT NULL DEFAULT 0 CHECK (retired IN (0, 1)), in_answers INTEGER NOT NULL DEFAULT 1 CHECK (in_answers IN (0, 1))) WITHOUT ROWID;

CREATE TABLE sources (
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    source TEXT NOT NULL CHECK (source <> ''),
    present INTEGER NOT NULL CHECK (present IN (0, 1)), office TEXT CHECK (office <> ''),
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
, origins TEXT CHECK (json_type(origins) = 'array'), floor REAL, ceiling REAL, stable_id TEXT CHECK (stable_id <> ''), former_ids TEXT CHECK (json_type(former_ids) = 'array'), decision TEXT CHECK (decision <> ''), topic TEXT CHECK (topic <> '')) WITHOUT ROWID;

CREATE UNIQUE INDEX indicators_in_order ON indicators (document_id, ordinal);

CREATE INDEX indicators_by_table ON indicators (table_id);

CREATE INDEX indicators_by_key ON indicators (key);

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
, origins TEXT CHECK (json_type(origins) = 'array')) WITHOUT ROWID;

CREATE UNIQUE INDEX facts_in_order ON facts (document_id, ordinal);

CREATE INDEX facts_by_block ON facts (block_id);

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
, state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'ticked', 'outdated')), remark TEXT CHECK (remark <> ''), ticked_by TEXT CHECK (ticked_by <> ''), ticked_on TEXT CHECK (ticked_on <> ''), decision TEXT CHECK (decision <> '')) WITHOUT ROWID;

CREATE UNIQUE INDEX findings_in_order ON findings (document_id, ordinal);

CREATE INDEX findings_by_severity ON findings (severity, code);

CREATE INDEX findings_by_table ON findings (table_id);

CREATE INDEX findings_by_indicator ON findings (indicator_id);

CREATE INDEX documents_by_edition ON documents (edition_of);

CREATE TABLE corrections (
    id TEXT NOT NULL PRIMARY KEY,
    decided_at TEXT NOT NULL,
    decided_by TEXT NOT NULL CHECK (decided_by <> ''),
    why TEXT CHECK (why <> ''),
    owner TEXT NOT NULL CHECK (owner IN ('documents', 'indicators', 'clauses', 'thresholds', 'facts')),
    added INTEGER NOT NULL CHECK (added IN (0, 1)),
    notice TEXT NOT NULL CHECK (json_type(notice) = 'object'),
    target TEXT NOT NULL CHECK (json_type(target) = 'object'),
    field TEXT CHECK (field <> ''),
    value TEXT CHECK (json_valid(value)),
    before TEXT CHECK (json_valid(before)),
    state TEXT NOT NULL CHECK (state IN ('applied', 'superseded', 'orphaned', 'waiting')),
    document_id TEXT,
    CHECK ((field IS NULL) = (added = 1))
) WITHOUT ROWID;

CREATE TABLE sign_offs (
    id TEXT NOT NULL PRIMARY KEY,
    decided_at TEXT NOT NULL,
    signed_by TEXT NOT NULL CHECK (signed_by <> ''),
    signed_on TEXT NOT NULL CHECK (signed_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    notice TEXT NOT NULL CHECK (json_type(notice) = 'object'),
    content TEXT NOT NULL CHECK (content <> ''),
    state TEXT NOT NULL CHECK (state IN ('signed', 'superseded', 'changed', 'waiting')),
    document_id TEXT
) WITHOUT ROWID;

CREATE TABLE overlays (
    owner TEXT NOT NULL CHECK (owner IN ('documents', 'indicators', 'clauses', 'thresholds', 'facts')),
    owner_id TEXT NOT NULL,
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    added INTEGER NOT NULL CHECK (added IN (0, 1)),
    corrected INTEGER NOT NULL CHECK (corrected IN (0, 1)),
    changes TEXT NOT NULL CHECK (json_type(changes) = 'object'),
    decided_by TEXT NOT NULL,
    decided_on TEXT NOT NULL, why TEXT CHECK (why <> ''),
    PRIMARY KEY (owner, owner_id)
) WITHOUT ROWID;

CREATE INDEX overlays_by_document ON overlays (document_id);

CREATE VIRTUAL TABLE texts_fts USING fts5 (
    tokens, content="texts", content_rowid="id", tokenize="unicode61 remove_diacritics 0 categories 'L* M* N* P* S* Co'"
);

CREATE INDEX findings_by_clause ON findings (clause_id) WHERE clause_id IS NOT NULL;

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
, origins TEXT CHECK (json_type(origins) = 'array')) WITHOUT ROWID;

CREATE INDEX items_by_indicator ON items (indicator_id, ordinal);

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
    rule TEXT NOT NULL CHECK (rule <> ''), origins TEXT CHECK (json_type(origins) = 'array'), share REAL CHECK (share >= 0), base REAL, direction TEXT CHECK (direction IN ('below', 'above')), sign TEXT CHECK (sign IN ('+', '-')), rounding TEXT CHECK (rounding IN ('started')), stable_id TEXT CHECK (stable_id <> ''), former_ids TEXT CHECK (json_type(former_ids) = 'array'), decision TEXT CHECK (decision <> ''), category TEXT CHECK (json_type(category) = 'array'), exceptions TEXT CHECK (json_type(exceptions) = 'array'),
    CHECK (scope <> 'line' OR indicator_id IS NOT NULL),
    CHECK (coalesce(indicator_id, block_id, table_id) IS NOT NULL),
    CHECK (indicator_id IS NULL OR field IS NOT NULL),
    CHECK (per_unit IS NULL OR per_quantity IS NOT NULL)
) WITHOUT ROWID;

CREATE UNIQUE INDEX clauses_in_order ON clauses (document_id, ordinal);

CREATE INDEX clauses_by_indicator ON clauses (indicator_id, ordinal);

CREATE INDEX clauses_by_block ON clauses (block_id) WHERE block_id IS NOT NULL;

CREATE INDEX clauses_by_table ON clauses (table_id) WHERE table_id IS NOT NULL;

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
    rule TEXT NOT NULL CHECK (rule <> ''), origins TEXT CHECK (json_type(origins) = 'array'), kind TEXT CHECK (kind IN ('target', 'boundary')), stable_id TEXT CHECK (stable_id <> ''), former_ids TEXT CHECK (json_type(former_ids) = 'array'), decision TEXT CHECK (decision <> ''),
    CHECK ((comparator = 'between') = (value_high IS NOT NULL))
) WITHOUT ROWID;

CREATE INDEX thresholds_by_indicator ON thresholds (indicator_id, ordinal);

CREATE INDEX thresholds_by_clause ON thresholds (clause_id) WHERE clause_id IS NOT NULL;

CREATE TABLE responsibilities (
    id TEXT NOT NULL PRIMARY KEY,
    indicator_id TEXT NOT NULL REFERENCES indicators (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL CHECK (ordinal >= 0),
    role TEXT NOT NULL CHECK (role = 'responsible_office' OR role = 'lead_leader' OR role = 'lead_department' OR
        role = 'supporting_department'),
    party TEXT NOT NULL CHECK (party <> '')
, origins TEXT CHECK (json_type(origins) = 'array'), decision TEXT CHECK (decision <> '')) WITHOUT ROWID;

CREATE INDEX responsibilities_by_indicator ON responsibilities (indicator_id, ordinal);

CREATE VIEW origins AS
SELECT
    x.document_id, x.owner, x.owner_id, json_extract(o.value, '$[0]') AS field, o.key AS ordinal,
    t.id AS table_id, json_extract(o.value, '$[4]') AS row, json_extract(o.value, '$[5]') AS col, b.id AS block_id,
    json_extract(o.value, '$[1]') AS start, json_extract(o.value, '$[2]') AS end
FROM (
    SELECT id AS document_id, 'documents' AS owner, id AS owner_id, origins AS places FROM documents
    UNION ALL SELECT document_id, 'tables', id, origins FROM tables
    UNION ALL SELECT document_id, 'indicators', id, origins FROM indicators
    UNION ALL SELECT i.document_id, 'items', x.id, x.origins FROM items AS x JOIN indicators AS i ON i.id = x.indicator_id
    UNION ALL SELECT document_id, 'clauses', id, origins FROM clauses
    UNION ALL SELECT i.document_id, 'thresholds', x.id, x.origins FROM thresholds AS x JOIN indicators AS i ON i.id = x.indicator_id
    UNION ALL SELECT i.document_id, 'responsibilities', x.id, x.origins FROM responsibilities AS x JOIN indicators AS i ON i.id = x.indicator_id
    UNION ALL SELECT document_id, 'facts', id, origins FROM facts
) AS x, json_each(x.places) AS o
    LEFT JOIN tables AS t ON t.document_id = x.document_id AND t.ordinal = json_extract(o.value, '$[3]') AND json_array_length(o.value) = 6
    LEFT JOIN blocks AS b ON b.document_id = x.document_id AND b.ordinal = json_extract(o.value, '$[3]') AND json_array_length(o.value) = 4;

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
, decided INTEGER NOT NULL DEFAULT 0 CHECK (decided IN (0, 1)));

CREATE INDEX texts_by_document ON texts (document_id);

CREATE TRIGGER texts_gone AFTER DELETE ON texts BEGIN
    INSERT INTO texts_fts (texts_fts, rowid, tokens) VALUES ('delete', old.id, old.tokens);
END;

CREATE INDEX documents_by_stable_id ON documents (stable_id);

CREATE INDEX indicators_by_stable_id ON indicators (stable_id);

CREATE VIEW stable_ids AS
SELECT stable_id, 'documents' AS owner, id AS owner_id, id AS document_id, stable_id AS now, 0 AS former FROM documents
UNION ALL SELECT stable_id, 'tables', id, document_id, stable_id, 0 FROM tables
UNION ALL SELECT stable_id, 'indicators', id, document_id, stable_id, 0 FROM indicators
UNION ALL SELECT stable_id, 'clauses', id, document_id, stable_id, 0 FROM clauses
UNION ALL SELECT x.stable_id, 'thresholds', x.id, i.document_id, x.stable_id, 0 FROM thresholds AS x JOIN indicators AS i ON i.id = x.indicator_id
UNION ALL SELECT f.value, 'documents', x.id, x.id, x.stable_id, 1 FROM documents AS x, json_each(x.former_ids) AS f
UNION ALL SELECT f.value, 'tables', x.id, x.document_id, x.stable_id, 1 FROM tables AS x, json_each(x.former_ids) AS f
UNION ALL SELECT f.value, 'indicators', x.id, x.document_id, x.stable_id, 1 FROM indicators AS x, json_each(x.former_ids) AS f
UNION ALL SELECT f.value, 'clauses', x.id, x.document_id, x.stable_id, 1 FROM clauses AS x, json_each(x.former_ids) AS f
UNION ALL SELECT f.value, 'thresholds', x.id, i.document_id, x.stable_id, 1
    FROM thresholds AS x JOIN indicators AS i ON i.id = x.indicator_id, json_each(x.former_ids) AS f;

CREATE INDEX indicators_by_decision ON indicators (decision) WHERE decision IS NOT NULL;

CREATE INDEX clauses_by_decision ON clauses (decision) WHERE decision IS NOT NULL;

CREATE INDEX thresholds_by_decision ON thresholds (decision) WHERE decision IS NOT NULL;

CREATE INDEX responsibilities_by_decision ON responsibilities (decision) WHERE decision IS NOT NULL;

CREATE INDEX indicators_by_topic ON indicators (document_id, topic);

CREATE TABLE choices (
    id TEXT NOT NULL PRIMARY KEY,
    decided_at TEXT NOT NULL,
    decided_by TEXT NOT NULL CHECK (decided_by <> ''),
    why TEXT CHECK (why <> ''),
    topic TEXT NOT NULL CHECK (topic IN ('editions', 'notices', 'samples', 'findings', 'parties')),
    notice TEXT NOT NULL CHECK (json_type(notice) = 'object'),
    target TEXT NOT NULL CHECK (json_type(target) = 'object'),
    field TEXT NOT NULL CHECK (field <> ''),
    value TEXT CHECK (json_valid(value)),
    state TEXT NOT NULL CHECK (state IN ('applied', 'superseded', 'waiting')),
    document_id TEXT
) WITHOUT ROWID;

CREATE TABLE aliases (
    alias TEXT NOT NULL PRIMARY KEY CHECK (alias <> ''),
    party TEXT NOT NULL CHECK (party <> ''),
    state TEXT NOT NULL CHECK (state IN ('proposed', 'confirmed', 'rejected')),
    why TEXT CHECK (why <> '')
) WITHOUT ROWID;

CREATE INDEX sign_offs_by_document ON sign_offs (document_id) WHERE state IN ('signed', 'changed');

CREATE INDEX responsibilities_by_party ON responsibilities (party);

CREATE VIEW corrected_documents AS
SELECT
    x.id, x.source, x.format, x.kind, x.pages, x.status, x.message, x.edition_of, x.stable_id, x.former_ids, x.office, x.sample, x.retired,
    x.in_answers,
    NOT EXISTS (SELECT 1 FROM sources AS s WHERE s.document_id = x.id AND s.present) AS withdrawn,
    CASE WHEN json_type(ox.changes, '$.title') IS NULL THEN x.title ELSE json_extract(ox.changes, '$.title') END AS title,
    CASE WHEN json_type(ox.changes, '$.issuer') IS NULL THEN x.issuer ELSE json_extract(ox.changes, '$.issuer') END AS issuer,
    CASE WHEN json_type(ox.changes, '$.doc_number') IS NULL THEN x.doc_number ELSE json_extract(ox.changes, '$.doc_number') END AS doc_number,
    CASE WHEN json_type(ox.changes, '$.issued_on') IS NULL THEN x.issued_on ELSE json_extract(ox.changes, '$.issued_on') END AS issued_on,
    CASE WHEN json_type(ox.changes, '$.year') IS NULL THEN x.year ELSE json_extract(ox.changes, '$.year') END AS year,
    coalesce(ox.corrected, 0) AS corrected, ox.decided_by, ox.decided_on,
    g.signed_by, g.signed_on, coalesce(g.state, 'unsigned') AS sign_state
FROM documents AS x
    LEFT JOIN overlays AS ox ON ox.owner = 'documents' AND ox.owner_id = x.id
    LEFT JOIN sign_offs AS g ON g.document_id = coalesce(x.edition_of, x.id) AND g.state IN ('signed', 'changed');

CREATE VIEW corrected_indicators AS
SELECT
    x.id, x.key, x.document_id, x.table_id, x.ordinal, x.counts_to_total, x.path, x.row_first, x.row_last, x.page, x.stable_id, x.former_ids,
    x.floor, x.ceiling, x.decision,
    CASE WHEN json_type(ox.changes, '$.kind') IS NULL THEN x.kind ELSE json_extract(ox.changes, '$.kind') END AS kind,
    CASE WHEN json_type(ox.changes, '$.level1') IS NULL THEN x.level1 ELSE json_extract(ox.changes, '$.level1') END AS level1,
    CASE WHEN json_type(ox.changes, '$.level1_points') IS NULL THEN x.level1_points ELSE json_extract(ox.changes, '$.level1_points') END AS level1_points,
    CASE WHEN json_type(ox.changes, '$.level2') IS NULL THEN x.level2 ELSE json_extract(ox.changes, '$.level2') END AS level2,
    CASE WHEN json_type(ox.changes, '$.level2_points') IS NULL THEN x.level2_points ELSE json_extract(ox.changes, '$.level2_points') END AS level2_points,
    CASE WHEN json_type(ox.changes, '$.number') IS NULL THEN x.number ELSE json_extract(ox.changes, '$.number') END AS number,
    CASE WHEN json_type(ox.changes, '$.name') IS NULL THEN x.name ELSE json_extract(ox.changes, '$.name') END AS name,
    CASE WHEN json_type(ox.changes, '$.requirement') IS NULL THEN x.requirement ELSE json_extract(ox.changes, '$.requirement') END AS requirement,
    CASE WHEN json_type(ox.changes, '$.criteria') IS NULL THEN x.criteria ELSE json_extract(ox.changes, '$.criteria') END AS criteria,
    CASE WHEN json_type(ox.changes, '$.points') IS NULL THEN x.points ELSE json_extract(ox.changes, '$.points') END AS points,
    CASE WHEN json_type(ox.changes, '$.points_text') IS NULL THEN x.points_text ELSE json_extract(ox.changes, '$.points_text') END AS points_text,
    json_extract(ox.changes, '$.checked_by') AS checked_by, json_extract(ox.changes, '$.checked_on') AS checked_on,
    coalesce(json_extract(ox.changes, '$.dropped'), 0) AS dropped, coalesce(ox.corrected, 0) AS corrected, x.decision IS NOT NULL AS added,
    ox.decided_by, ox.decided_on
FROM indicators AS x LEFT JOIN overlays AS ox ON ox.owner = 'indicators' AND ox.owner_id = x.id;

CREATE VIEW corrected_thresholds AS
SELECT
    x.id, x.indicator_id, x.clause_id, x.ordinal, x.field, x.start, x.end, x.rule, x.kind, x.stable_id, x.former_ids, x.decision,
    CASE WHEN json_type(ox.changes, '$.text') IS NULL THEN x.text ELSE json_extract(ox.changes, '$.text') END AS text,
    CASE WHEN json_type(ox.changes, '$.metric') IS NULL THEN x.metric ELSE json_extract(ox.changes, '$.metric') END AS metric,
    CASE WHEN json_type(ox.changes, '$.comparator') IS NULL THEN x.comparator ELSE json_extract(ox.changes, '$.comparator') END AS comparator,
    CASE WHEN json_type(ox.changes, '$.value') IS NULL THEN x.value ELSE json_extract(ox.changes, '$.value') END AS value,
    CASE WHEN json_type(ox.changes, '$.value_high') IS NULL THEN x.value_high ELSE json_extract(ox.changes, '$.value_high') END AS value_high,
    CASE WHEN json_type(ox.changes, '$.unit') IS NULL THEN x.unit ELSE json_extract(ox.changes, '$.unit') END AS unit,
    CASE WHEN json_type(ox.changes, '$.basis') IS NULL THEN x.basis ELSE json_extract(ox.changes, '$.basis') END AS basis,
    CASE WHEN json_type(ox.changes, '$.period') IS NULL THEN x.period ELSE json_extract(ox.changes, '$.period') END AS period,
    coalesce(json_extract(ox.changes, '$.dropped'), 0) AS dropped, coalesce(ox.corrected, 0) AS corrected, x.decision IS NOT NULL AS added,
    ox.decided_by, ox.decided_on
FROM thresholds AS x LEFT JOIN overlays AS ox ON ox.owner = 'thresholds' AND ox.owner_id = x.id;

CREATE VIEW corrected_facts AS
SELECT
    x.id, x.document_id, x.block_id, x.ordinal, x.start, x.end, x.text, x.rule,
    CASE WHEN json_type(ox.changes, '$.metric') IS NULL THEN x.metric ELSE json_extract(ox.changes, '$.metric') END AS metric,
    CASE WHEN json_type(ox.changes, '$.value') IS NULL THEN x.value ELSE json_extract(ox.changes, '$.value') END AS value,
    CASE WHEN json_type(ox.changes, '$.unit') IS NULL THEN x.unit ELSE json_extract(ox.changes, '$.unit') END AS unit,
    CASE WHEN json_type(ox.changes, '$.approximate') IS NULL THEN x.approximate ELSE json_extract(ox.changes, '$.approximate') END AS approximate,
    CASE WHEN json_type(ox.changes, '$.change') IS NULL THEN x.change ELSE json_extract(ox.changes, '$.change') END AS change,
    CASE WHEN json_type(ox.changes, '$.change_value') IS NULL THEN x.change_value ELSE json_extract(ox.changes, '$.change_value') END AS change_value,
    CASE WHEN json_type(ox.changes, '$.change_unit') IS NULL THEN x.change_unit ELSE json_extract(ox.changes, '$.change_unit') END AS change_unit,
    CASE WHEN json_type(ox.changes, '$.basis') IS NULL THEN x.basis ELSE json_extract(ox.changes, '$.basis') END AS basis,
    CASE WHEN json_type(ox.changes, '$.period') IS NULL THEN x.period ELSE json_extract(ox.changes, '$.period') END AS period,
    coalesce(json_extract(ox.changes, '$.dropped'), 0) AS dropped, coalesce(ox.corrected, 0) AS corrected, 0 AS added,
    ox.decided_by, ox.decided_on
FROM facts AS x LEFT JOIN overlays AS ox ON ox.owner = 'facts' AND ox.owner_id = x.id;

CREATE VIEW corrected_responsibilities AS
SELECT x.id, x.indicator_id, x.ordinal, x.role, x.party, x.decision IS NOT NULL AS corrected
FROM responsibilities AS x LEFT JOIN overlays AS ox ON ox.owner = 'indicators' AND ox.owner_id = x.indicator_id
WHERE x.decision IS NOT NULL OR json_type(ox.changes, '$.' || x.role) IS NULL;

CREATE VIEW 通知 AS
SELECT
    d.id AS 编号, d.stable_id AS 稳定编号, coalesce(CASE WHEN json_type(od.changes, '$.title') IS NULL THEN d.title ELSE json_extract(od.changes, '$.title') END, d.source) AS 通知, d.office AS 单位, CASE WHEN json_type(od.changes, '$.issuer') IS NULL THEN d.issuer ELSE json_extract(od.changes, '$.issuer') END AS 发文机关,
    CASE WHEN json_type(od.changes, '$.doc_number') IS NULL THEN d.doc_number ELSE json_extract(od.changes, '$.doc_number') END AS 发文字号,
    CASE WHEN json_type(od.changes, '$.year') IS NULL THEN d.year ELSE json_extract(od.changes, '$.year') END AS 年度, d.source AS 文件,
    CASE WHEN json_type(od.changes, '$.issued_on') IS NULL THEN d.issued_on ELSE json_extract(od.changes, '$.issued_on') END AS 成文日期, d.format AS 格式, CASE d.kind WHEN 'assessment' THEN '考核通知' WHEN 'summary' THEN '工作总结' WHEN 'other' THEN '其他' END AS 类型, CASE d.status WHEN 'ok' THEN '已读入' WHEN 'partial' THEN '部分读入' WHEN 'failed' THEN '没有读入' END AS 结果,
    (SELECT count(*) FROM tables WHERE document_id = d.id AND kind <> 'form' AND kind <> 'list') AS 评分表数,
    (SELECT count(*) FROM indicators WHERE document_id = d.id) AS 指标数, (SELECT count(*) FROM clauses WHERE document_id = d.id) AS 条款数,
    (SELECT count(*) FROM findings WHERE document_id = d.id AND state = 'open') AS 疑点数,
    CASE WHEN coalesce(od.corrected, 0) THEN '是' ELSE '否' END AS 是否更正, od.decided_by AS 更正人, od.decided_on AS 更正日期,
    g.signed_by AS 核对人, g.signed_on AS 核对日期, CASE coalesce(g.state, 'unsigned') WHEN 'signed' THEN '已核对' WHEN 'changed' THEN '核对后有变动' ELSE '未核对' END AS 核对状态, CASE WHEN d.sample THEN '是' ELSE '否' END AS 示例, CASE WHEN EXISTS (SELECT 1 FROM sources AS s WHERE s.document_id = d.id AND s.present) THEN '否' ELSE '是' END AS 原件已移走
FROM documents AS d
    LEFT JOIN overlays AS od ON od.owner = 'documents' AND od.owner_id = d.id
    LEFT JOIN sign_offs AS g ON g.document_id = d.id AND g.state IN ('signed', 'changed')
WHERE d.in_answers;

CREATE VIEW 指标总表 AS
SELECT
    i.id AS 编号, i.stable_id AS 稳定编号, CASE WHEN json_type(od.changes, '$.title') IS NULL THEN d.title ELSE json_extract(od.changes, '$.title') END AS 通知, d.office AS 单位, CASE WHEN json_type(od.changes, '$.issuer') IS NULL THEN d.issuer ELSE json_extract(od.changes, '$.issuer') END AS 发文机关,
    CASE WHEN json_type(od.changes, '$.doc_number') IS NULL THEN d.doc_number ELSE json_extract(od.changes, '$.doc_number') END AS 发文字号,
    CASE WHEN json_type(od.changes, '$.year') IS NULL THEN d.year ELSE json_extract(od.changes, '$.year') END AS 年度, d.source AS 文件,
    t.title AS 表, t.total_points AS 印出总分, CASE CASE WHEN json_type(oi.changes, '$.kind') IS NULL THEN i.kind ELSE json_extract(oi.changes, '$.kind') END WHEN 'scored' THEN '计分' WHEN 'bonus' THEN '加分' WHEN 'penalty' THEN '扣分' WHEN 'downgrade' THEN '降档' END AS 类别, CASE WHEN i.counts_to_total THEN '是' ELSE '否' END AS 计入总分,
    CASE WHEN json_type(oi.changes, '$.level1') IS NULL THEN i.level1 ELSE json_extract(oi.changes, '$.level1') END AS 一级, CASE WHEN json_type(oi.changes, '$.level1_points') IS NULL THEN i.level1_points ELSE json_extract(oi.changes, '$.level1_points') END AS 一级分值,
    CASE WHEN json_type(oi.changes, '$.level2') IS NULL THEN i.level2 ELSE json_extract(oi.changes, '$.level2') END AS 二级, CASE WHEN json_type(oi.changes, '$.level2_points') IS NULL THEN i.level2_points ELSE json_extract(oi.changes, '$.level2_points') END AS 二级分值,
    CASE WHEN json_type(oi.changes, '$.number') IS NULL THEN i.number ELSE json_extract(oi.changes, '$.number') END AS 序号, CASE WHEN json_type(oi.changes, '$.name') IS NULL THEN i.name ELSE json_extract(oi.changes, '$.name') END AS 名称,
    CASE WHEN json_type(oi.changes, '$.requirement') IS NULL THEN i.requirement ELSE json_extract(oi.changes, '$.requirement') END AS 考核内容, CASE WHEN json_type(oi.changes, '$.criteria') IS NULL THEN i.criteria ELSE json_extract(oi.changes, '$.criteria') END AS 评分标准,
    CASE WHEN json_type(oi.changes, '$.points') IS NULL THEN i.points ELSE json_extract(oi.changes, '$.points') END AS 分值, CASE WHEN json_type(oi.changes, '$.points_text') IS NULL THEN i.points_text ELSE json_extract(oi.changes, '$.points_text') END AS 分值原文,
    (SELECT group_concat(party, '、') FROM (SELECT party FROM responsibilities WHERE indicator_id = i.id AND role = 'responsible_office'
        AND (decision IS NOT NULL OR json_type(oi.changes, '$.responsible_office') IS NULL) ORDER BY ordinal)) AS 责任处室,
    (SELECT group_concat(party, '、') FROM (SELECT party FROM responsibilities WHERE indicator_id = i.id AND role = 'lead_leader'
        AND (decision IS NOT NULL OR json_type(oi.changes, '$.lead_leader') IS NULL) ORDER BY ordinal)) AS 牵头领导,
    (SELECT group_concat(party, '、') FROM (SELECT party FROM responsibilities WHERE indicator_id = i.id AND role = 'lead_department'
        AND (decision IS NOT NULL OR json_type(oi.changes, '$.lead_department') IS NULL) ORDER BY ordinal)) AS 牵头科室,
    (SELECT group_concat(party, '、') FROM (SELECT party FROM responsibilities WHERE indicator_id = i.id AND role = 'supporting_department'
        AND (decision IS NOT NULL OR json_type(oi.changes, '$.supporting_department') IS NULL) ORDER BY ordinal)) AS 配合科室,
    i.page AS 页, coalesce('第 ' || i.page || ' 页 ', '') || '表 ' || (t.ordinal + 1) || coalesce(' 第 ' || (i.row_first + 1) || ' 行', '') AS 位置, i.ordinal AS 次序,
    CASE WHEN coalesce(oi.corrected, 0) OR i.decision IS NOT NULL THEN '是' ELSE '否' END AS 是否更正, oi.decided_by AS 更正人, oi.decided_on AS 更正日期,
    coalesce(json_extract(oi.changes, '$.checked_by'), g.signed_by) AS 核对人, coalesce(json_extract(oi.changes, '$.checked_on'), g.signed_on) AS 核对日期,
    CASE WHEN json_extract(oi.changes, '$.checked_by') IS NOT NULL THEN '已核对' ELSE CASE coalesce(g.state, 'unsigned') WHEN 'signed' THEN '已核对' WHEN 'changed' THEN '核对后有变动' ELSE '未核对' END END AS 核对状态, CASE WHEN EXISTS (SELECT 1 FROM sources AS s WHERE s.document_id = d.id AND s.present) THEN '否' ELSE '是' END AS 原件已移走, d.id AS 通知编号, d.stable_id AS 通知稳定编号, t.id AS 表编号, t.stable_id AS 表稳定编号
FROM indicators AS i
    JOIN documents AS d ON d.id = i.document_id
    LEFT JOIN overlays AS od ON od.owner = 'documents' AND od.owner_id = d.id
    LEFT JOIN sign_offs AS g ON g.document_id = d.id AND g.state IN ('signed', 'changed')
    LEFT JOIN overlays AS oi ON oi.owner = 'indicators' AND oi.owner_id = i.id
    JOIN tables AS t ON t.id = i.table_id
WHERE d.in_answers AND coalesce(json_extract(oi.changes, '$.dropped'), 0) = 0;

CREATE VIEW 目标值 AS
SELECT
    h.id AS 编号, h.stable_id AS 稳定编号, h.indicator_id AS 指标编号, i.stable_id AS 指标稳定编号, CASE WHEN json_type(od.changes, '$.title') IS NULL THEN d.title ELSE json_extract(od.changes, '$.title') END AS 通知, d.office AS 来文单位, CASE WHEN json_type(od.changes, '$.issuer') IS NULL THEN d.issuer ELSE json_extract(od.changes, '$.issuer') END AS 发文机关,
    CASE WHEN json_type(od.changes, '$.doc_number') IS NULL THEN d.doc_number ELSE json_extract(od.changes, '$.doc_number') END AS 发文字号,
    CASE WHEN json_type(od.changes, '$.year') IS NULL THEN d.year ELSE json_extract(od.changes, '$.year') END AS 年度, d.source AS 文件,
    t.title AS 表, t.total_points AS 印出总分, CASE WHEN json_type(oi.changes, '$.level1') IS NULL THEN i.level1 ELSE json_extract(oi.changes, '$.level1') END AS 一级, CASE WHEN json_type(oi.changes, '$.level2') IS NULL THEN i.level2 ELSE json_extract(oi.changes, '$.level2') END AS 二级, CASE WHEN json_type(oi.changes, '$.number') IS NULL THEN i.number ELSE json_extract(oi.changes, '$.number') END AS 序号,
    coalesce(CASE WHEN json_type(oi.changes, '$.name') IS NULL THEN i.name ELSE json_extract(oi.changes, '$.name') END, CASE WHEN json_type(oi.changes, '$.requirement') IS NULL THEN i.requirement ELSE json_extract(oi.changes, '$.requirement') END) AS 指标,
    CASE h.kind WHEN 'target' THEN '目标' WHEN 'boundary' THEN '界限' END AS 种类, CASE h.field WHEN 'requirement' THEN '考核内容' WHEN 'criteria' THEN '评分标准' WHEN 'name' THEN '名称' WHEN 'points_text' THEN '分值原文' END AS 所在栏, CASE WHEN json_type(oh.changes, '$.text') IS NULL THEN h.text ELSE json_extract(oh.changes, '$.text') END AS 原文, CASE WHEN json_type(oh.changes, '$.metric') IS NULL THEN h.metric ELSE json_extract(oh.changes, '$.metric') END AS 衡量内容,
    CASE CASE WHEN json_type(oh.changes, '$.comparator') IS NULL THEN h.comparator ELSE json_extract(oh.changes, '$.comparator') END WHEN '>=' THEN '不低于' WHEN '>' THEN '高于' WHEN '<=' THEN '不超过' WHEN '<' THEN '低于' WHEN '=' THEN '等于' WHEN 'between' THEN '介于' END AS 比较,
    CASE WHEN json_type(oh.changes, '$.value') IS NULL THEN h.value ELSE json_extract(oh.changes, '$.value') END AS 数值, CASE WHEN json_type(oh.changes, '$.value_high') IS NULL THEN h.value_high ELSE json_extract(oh.changes, '$.value_high') END AS 至, CASE WHEN json_type(oh.changes, '$.unit') IS NULL THEN h.unit ELSE json_extract(oh.changes, '$.unit') END AS 单位,
    CASE WHEN json_type(oh.changes, '$.basis') IS NULL THEN h.basis ELSE json_extract(oh.changes, '$.basis') END AS 对比基础, CASE WHEN json_type(oh.changes, '$.period') IS NULL THEN h.period ELSE json_extract(oh.changes, '$.period') END AS 周期, h.rule AS 规则, i.page AS 页,
    coalesce('第 ' || i.page || ' 页 ', '') || '表 ' || (t.ordinal + 1) || coalesce(' 第 ' || (i.row_first + 1) || ' 行', '') || coalesce('第 ' || (json_extract(h.origins, '$[0][5]') + 1) || ' 列', '') AS 位置, h.ordinal AS 次序,
    CASE WHEN coalesce(oh.corrected, 0) OR h.decision IS NOT NULL THEN '是' ELSE '否' END AS 是否更正, oh.decided_by AS 更正人, oh.decided_on AS 更正日期,
    coalesce(json_extract(oi.changes, '$.checked_by'), g.signed_by) AS 核对人, coalesce(json_extract(oi.changes, '$.checked_on'), g.signed_on) AS 核对日期,
    CASE WHEN json_extract(oi.changes, '$.checked_by') IS NOT NULL THEN '已核对' ELSE CASE coalesce(g.state, 'unsigned') WHEN 'signed' THEN '已核对' WHEN 'changed' THEN '核对后有变动' ELSE '未核对' END END AS 核对状态, CASE WHEN EXISTS (SELECT 1 FROM sources AS s WHERE s.document_id = d.id AND s.present) THEN '否' ELSE '是' END AS 原件已移走, d.id AS 通知编号, d.stable_id AS 通知稳定编号, t.stable_id AS 表稳定编号
FROM thresholds AS h
    JOIN indicators AS i ON i.id = h.indicator_id
    JOIN documents AS d ON d.id = i.document_id
    LEFT JOIN overlays AS od ON od.owner = 'documents' AND od.owner_id = d.id
    LEFT JOIN sign_offs AS g ON g.document_id = d.id AND g.state IN ('signed', 'changed')
    LEFT JOIN overlays AS oh ON oh.owner = 'thresholds' AND oh.owner_id = h.id
    LEFT JOIN overlays AS oi ON oi.owner = 'indicators' AND oi.owner_id = i.id
    JOIN tables AS t ON t.id = i.table_id
WHERE d.in_answers AND coalesce(json_extract(oh.changes, '$.dropped'), 0) = 0 AND coalesce(json_extract(oi.changes, '$.dropped'), 0) = 0;

CREATE VIEW 责任分工 AS
SELECT
    i.id AS 指标编号, i.stable_id AS 指标稳定编号, CASE WHEN json_type(od.changes, '$.title') IS NULL THEN d.title ELSE json_extract(od.changes, '$.title') END AS 通知, d.office AS 单位, CASE WHEN json_type(od.changes, '$.issuer') IS NULL THEN d.issuer ELSE json_extract(od.changes, '$.issuer') END AS 发文机关,
    CASE WHEN json_type(od.changes, '$.doc_number') IS NULL THEN d.doc_number ELSE json_extract(od.changes, '$.doc_number') END AS 发文字号,
    CASE WHEN json_type(od.changes, '$.year') IS NULL THEN d.year ELSE json_extract(od.changes, '$.year') END AS 年度, d.source AS 文件,
    t.title AS 表, t.total_points AS 印出总分, CASE WHEN json_type(oi.changes, '$.level1') IS NULL THEN i.level1 ELSE json_extract(oi.changes, '$.level1') END AS 一级, CASE WHEN json_type(oi.changes, '$.level2') IS NULL THEN i.level2 ELSE json_extract(oi.changes, '$.level2') END AS 二级, CASE WHEN json_type(oi.changes, '$.number') IS NULL THEN i.number ELSE json_extract(oi.changes, '$.number') END AS 序号,
    coalesce(CASE WHEN json_type(oi.changes, '$.name') IS NULL THEN i.name ELSE json_extract(oi.changes, '$.name') END, CASE WHEN json_type(oi.changes, '$.requirement') IS NULL THEN i.requirement ELSE json_extract(oi.changes, '$.requirement') END) AS 指标, CASE WHEN json_type(oi.changes, '$.points') IS NULL THEN i.points ELSE json_extract(oi.changes, '$.points') END AS 分值,
    CASE r.role WHEN 'responsible_office' THEN '责任处室' WHEN 'lead_leader' THEN '牵头领导' WHEN 'lead_department' THEN '牵头科室' WHEN 'supporting_department' THEN '配合科室' END AS 职责, coalesce(a.party, r.party) AS 单位或人员, r.party AS 原写法,
    CASE WHEN r.party GLOB '各*科' OR r.party GLOB '各*室' OR r.party GLOB '各*部门' OR r.party GLOB '全院*科室' OR r.party GLOB '全院*部门' OR r.party GLOB '所有*科室' OR r.party GLOB '所有*部门'
        THEN '是' ELSE '否' END AS 各科室,
    i.page AS 页, coalesce('第 ' || i.page || ' 页 ', '') || '表 ' || (t.ordinal + 1) || coalesce(' 第 ' || (i.row_first + 1) || ' 行', '') AS 位置, i.ordinal AS 次序,
    CASE WHEN r.decision IS NULL THEN '否' ELSE '是' END AS 是否更正,
    coalesce(json_extract(oi.changes, '$.checked_by'), g.signed_by) AS 核对人, coalesce(json_extract(oi.changes, '$.checked_on'), g.signed_on) AS 核对日期,
    CASE WHEN json_extract(oi.changes, '$.checked_by') IS NOT NULL THEN '已核对' ELSE CASE coalesce(g.state, 'unsigned') WHEN 'signed' THEN '已核对' WHEN 'changed' THEN '核对后有变动' ELSE '未核对' END END AS 核对状态, CASE WHEN EXISTS (SELECT 1 FROM sources AS s WHERE s.document_id = d.id AND s.present) THEN '否' ELSE '是' END AS 原件已移走, d.id AS 通知编号, d.stable_id AS 通知稳定编号, t.stable_id AS 表稳定编号
FROM responsibilities AS r
    JOIN indicators AS i ON i.id = r.indicator_id
    JOIN documents AS d ON d.id = i.document_id
    LEFT JOIN overlays AS od ON od.owner = 'documents' AND od.owner_id = d.id
    LEFT JOIN sign_offs AS g ON g.document_id = d.id AND g.state IN ('signed', 'changed')
    LEFT JOIN overlays AS oi ON oi.owner = 'indicators' AND oi.owner_id = i.id
    JOIN tables AS t ON t.id = i.table_id
    LEFT JOIN aliases AS a ON a.alias = r.party AND a.state = 'confirmed'
WHERE (r.decision IS NOT NULL OR json_type(oi.changes, '$.' || r.role) IS NULL) AND d.in_answers AND coalesce(json_extract(oi.changes, '$.dropped'), 0) = 0;

CREATE VIEW 小项 AS
SELECT
    x.id AS 编号, x.indicator_id AS 指标编号, i.stable_id AS 指标稳定编号, CASE WHEN json_type(od.changes, '$.title') IS NULL THEN d.title ELSE json_extract(od.changes, '$.title') END AS 通知, d.office AS 单位, CASE WHEN json_type(od.changes, '$.issuer') IS NULL THEN d.issuer ELSE json_extract(od.changes, '$.issuer') END AS 发文机关,
    CASE WHEN json_type(od.changes, '$.doc_number') IS NULL THEN d.doc_number ELSE json_extract(od.changes, '$.doc_number') END AS 发文字号,
    CASE WHEN json_type(od.changes, '$.year') IS NULL THEN d.year ELSE json_extract(od.changes, '$.year') END AS 年度, d.source AS 文件,
    t.title AS 表, t.total_points AS 印出总分, CASE WHEN json_type(oi.changes, '$.level1') IS NULL THEN i.level1 ELSE json_extract(oi.changes, '$.level1') END AS 一级, CASE WHEN json_type(oi.changes, '$.level2') IS NULL THEN i.level2 ELSE json_extract(oi.changes, '$.level2') END AS 二级, CASE WHEN json_type(oi.changes, '$.number') IS NULL THEN i.number ELSE json_extract(oi.changes, '$.number') END AS 序号,
    coalesce(CASE WHEN json_type(oi.changes, '$.name') IS NULL THEN i.name ELSE json_extract(oi.changes, '$.name') END, CASE WHEN json_type(oi.changes, '$.requirement') IS NULL THEN i.requirement ELSE json_extract(oi.changes, '$.requirement') END) AS 指标, CASE WHEN json_type(oi.changes, '$.points') IS NULL THEN i.points ELSE json_extract(oi.changes, '$.points') END AS 指标分值,
    CASE x.field WHEN 'requirement' THEN '考核内容' WHEN 'criteria' THEN '评分标准' WHEN 'name' THEN '名称' WHEN 'points_text' THEN '分值原文' END AS 所在栏, x.label AS 小项序号, x.text AS 内容, x.points AS 分值, i.page AS 页, coalesce('第 ' || i.page || ' 页 ', '') || '表 ' || (t.ordinal + 1) || coalesce(' 第 ' || (i.row_first + 1) || ' 行', '') AS 位置, x.ordinal AS 次序,
    CASE WHEN EXISTS (SELECT 1 FROM sources AS s WHERE s.document_id = d.id AND s.present) THEN '否' ELSE '是' END AS 原件已移走, d.id AS 通知编号, d.stable_id AS 通知稳定编号, t.stable_id AS 表稳定编号
FROM items AS x
    JOIN indicators AS i ON i.id = x.indicator_id
    JOIN documents AS d ON d.id = i.document_id
    LEFT JOIN overlays AS od ON od.owner = 'documents' AND od.owner_id = d.id
    LEFT JOIN sign_offs AS g ON g.document_id = d.id AND g.state IN ('signed', 'changed')
    LEFT JOIN overlays AS oi ON oi.owner = 'indicators' AND oi.owner_id = i.id
    JOIN tables AS t ON t.id = i.table_id
WHERE d.in_answers AND coalesce(json_extract(oi.changes, '$.dropped'), 0) = 0;

CREATE VIEW 疑点 AS
SELECT
    f.id AS 编号, coalesce(CASE WHEN json_type(od.changes, '$.title') IS NULL THEN d.title ELSE json_extract(od.changes, '$.title') END, d.source) AS 通知, d.office AS 单位, CASE WHEN json_type(od.changes, '$.issuer') IS NULL THEN d.issuer ELSE json_extract(od.changes, '$.issuer') END AS 发文机关,
    CASE WHEN json_type(od.changes, '$.doc_number') IS NULL THEN d.doc_number ELSE json_extract(od.changes, '$.doc_number') END AS 发文字号,
    CASE WHEN json_type(od.changes, '$.year') IS NULL THEN d.year ELSE json_extract(od.changes, '$.year') END AS 年度, d.source AS 文件,
    CASE f.severity WHEN 'error' THEN '错误' WHEN 'warning' THEN '警告' WHEN 'info' THEN '提示' END AS 程度, CASE f.about WHEN 'reading' THEN '读取' WHEN 'notice' THEN '通知本身' END AS 关于,
    f.code AS 代码, f.message AS 内容, coalesce(f.page, i.page) AS 页, t.title AS 表, t.total_points AS 印出总分, CASE WHEN json_type(oi.changes, '$.number') IS NULL THEN i.number ELSE json_extract(oi.changes, '$.number') END AS 序号,
    coalesce(CASE WHEN json_type(oi.changes, '$.name') IS NULL THEN i.name ELSE json_extract(oi.changes, '$.name') END, CASE WHEN json_type(oi.changes, '$.requirement') IS NULL THEN i.requirement ELSE json_extract(oi.changes, '$.requirement') END) AS 指标, CASE f.state WHEN 'open' THEN '待处理' WHEN 'ticked' THEN '已了结' WHEN 'outdated' THEN '已因更正不再成立' END AS 处理, f.remark AS 处理说明, f.ticked_by AS 处理人, f.ticked_on AS 处理日期,
    coalesce('第 ' || coalesce(f.page, i.page) || ' 页 ', '') || coalesce('表 ' || (t.ordinal + 1), '') || coalesce(' 第 ' || (coalesce(f.row, i.row_first) + 1) || ' 行', '') AS 位置,
    f.ordinal AS 次序, f.indicator_id AS 指标编号, i.stable_id AS 指标稳定编号, f.clause_id AS 条款编号,
    CASE WHEN EXISTS (SELECT 1 FROM sources AS s WHERE s.document_id = d.id AND s.present) THEN '否' ELSE '是' END AS 原件已移走, d.id AS 通知编号, d.stable_id AS 通知稳定编号, t.stable_id AS 表稳定编号
FROM findings AS f
    JOIN documents AS d ON d.id = f.document_id
    LEFT JOIN overlays AS od ON od.owner = 'documents' AND od.owner_id = d.id
    LEFT JOIN sign_offs AS g ON g.document_id = d.id AND g.state IN ('signed', 'changed')
    LEFT JOIN indicators AS i ON i.id = f.indicator_id
    LEFT JOIN overlays AS oi ON oi.owner = 'indicators' AND oi.owner_id = i.id
    LEFT JOIN tables AS t ON t.id = coalesce(f.table_id, i.table_id)
WHERE d.in_answers AND f.state <> 'outdated';

CREATE VIEW 事实 AS
SELECT
    f.id AS 编号, CASE WHEN json_type(od.changes, '$.title') IS NULL THEN d.title ELSE json_extract(od.changes, '$.title') END AS 通知, d.office AS 来文单位, CASE WHEN json_type(od.changes, '$.issuer') IS NULL THEN d.issuer ELSE json_extract(od.changes, '$.issuer') END AS 发文机关,
    CASE WHEN json_type(od.changes, '$.doc_number') IS NULL THEN d.doc_number ELSE json_extract(od.changes, '$.doc_number') END AS 发文字号,
    CASE WHEN json_type(od.changes, '$.year') IS NULL THEN d.year ELSE json_extract(od.changes, '$.year') END AS 年度, d.source AS 文件,
    f.text AS 原文, CASE WHEN json_type(of.changes, '$.metric') IS NULL THEN f.metric ELSE json_extract(of.changes, '$.metric') END AS 衡量内容, CASE WHEN json_type(of.changes, '$.value') IS NULL THEN f.value ELSE json_extract(of.changes, '$.value') END AS 数值, CASE WHEN json_type(of.changes, '$.unit') IS NULL THEN f.unit ELSE json_extract(of.changes, '$.unit') END AS 单位,
    CASE WHEN CASE WHEN json_type(of.changes, '$.approximate') IS NULL THEN f.approximate ELSE json_extract(of.changes, '$.approximate') END THEN '是' ELSE '否' END AS 约数,
    CASE CASE WHEN json_type(of.changes, '$.change') IS NULL THEN f.change ELSE json_extract(of.changes, '$.change') END WHEN 'up' THEN '增' WHEN 'down' THEN '减' END AS 增减,
    CASE WHEN json_type(of.changes, '$.change_value') IS NULL THEN f.change_value ELSE json_extract(of.changes, '$.change_value') END AS 增减数值, CASE WHEN json_type(of.changes, '$.change_unit') IS NULL THEN f.change_unit ELSE json_extract(of.changes, '$.change_unit') END AS 增减单位,
    CASE WHEN json_type(of.changes, '$.basis') IS NULL THEN f.basis ELSE json_extract(of.changes, '$.basis') END AS 对比基础, CASE WHEN json_type(of.changes, '$.period') IS NULL THEN f.period ELSE json_extract(of.changes, '$.period') END AS 期间,
    f.rule AS 规则, b.page AS 页, coalesce('第 ' || b.page || ' 页 ', '') || '第 ' || (b.ordinal + 1) || ' 段' AS 位置, f.ordinal AS 次序,
    CASE WHEN coalesce(of.corrected, 0) OR 0 THEN '是' ELSE '否' END AS 是否更正, of.decided_by AS 更正人, of.decided_on AS 更正日期,
    g.signed_by AS 核对人, g.signed_on AS 核对日期, CASE coalesce(g.state, 'unsigned') WHEN 'signed' THEN '已核对' WHEN 'changed' THEN '核对后有变动' ELSE '未核对' END AS 核对状态, CASE WHEN EXISTS (SELECT 1 FROM sources AS s WHERE s.document_id = d.id AND s.present) THEN '否' ELSE '是' END AS 原件已移走, d.id AS 通知编号, d.stable_id AS 通知稳定编号
FROM facts AS f
    JOIN documents AS d ON d.id = f.document_id
    LEFT JOIN overlays AS od ON od.owner = 'documents' AND od.owner_id = d.id
    LEFT JOIN sign_offs AS g ON g.document_id = d.id AND g.state IN ('signed', 'changed')
    LEFT JOIN overlays AS of ON of.owner = 'facts' AND of.owner_id = f.id
    JOIN blocks AS b ON b.id = f.block_id
WHERE d.in_answers AND coalesce(json_extract(of.changes, '$.dropped'), 0) = 0;

CREATE VIEW 出处 AS
SELECT
    o.owner_id AS 编号,
    CASE o.owner WHEN 'documents' THEN '通知' WHEN 'tables' THEN '表' WHEN 'indicators' THEN '指标' WHEN 'items' THEN '小项' WHEN 'clauses' THEN '条款'
        WHEN 'thresholds' THEN '目标值' WHEN 'responsibilities' THEN '责任分工' ELSE '事实' END AS 类别,
    o.field AS 栏, t.ordinal + 1 AS 表序, t.title AS 表, o.row + 1 AS 行, o.col + 1 AS 列, b.ordinal + 1 AS 段,
    coalesce(b.page, json_extract(c.boxes, '$[0][0]'), t.page_first) AS 页, substr(coalesce(c.text, b.text), o.start + 1, o.end - o.start) AS 原文,
    d.source AS 文件, d.id AS 通知编号, d.stable_id AS 通知稳定编号
FROM origins AS o
    JOIN documents AS d ON d.id = o.document_id
    LEFT JOIN tables AS t ON t.id = o.table_id
    LEFT JOIN cells AS c ON c.table_id = o.table_id AND c.row = o.row AND c.col = o.col
    LEFT JOIN blocks AS b ON b.id = o.block_id
WHERE d.in_answers;

CREATE INDEX texts_by_decision ON texts (document_id) WHERE decided;

CREATE TABLE score_rules (
    indicator_id TEXT NOT NULL PRIMARY KEY,
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    identity TEXT NOT NULL CHECK (identity <> ''),
    mode TEXT NOT NULL CHECK (mode IN ('earn', 'lose', 'add', 'subtract', 'beside', 'asked')),
    floor REAL,
    ceiling REAL,
    computable INTEGER NOT NULL CHECK (computable IN (0, 1)),
    expression TEXT NOT NULL CHECK (json_type(expression) = 'object'),
    says TEXT NOT NULL CHECK (says <> ''),
    shares TEXT CHECK (shares <> ''),
    corrected INTEGER NOT NULL DEFAULT 0 CHECK (corrected IN (0, 1))
) WITHOUT ROWID;

CREATE INDEX score_rules_by_document ON score_rules (document_id);

CREATE TABLE inputs (
    id TEXT NOT NULL,
    indicator_id TEXT NOT NULL,
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL CHECK (ordinal >= 0),
    clause_ids TEXT NOT NULL CHECK (json_type(clause_ids) = 'array'),
    threshold_id TEXT,
    kind TEXT NOT NULL CHECK (kind IN ('yes_no', 'count', 'number', 'choice', 'ratio', 'score')),
    unit TEXT CHECK (unit <> ''),
    question TEXT NOT NULL CHECK (question <> ''),
    low REAL,
    high REAL,
    options TEXT CHECK (json_type(options) = 'array'),
    PRIMARY KEY (document_id, id)
) WITHOUT ROWID;

CREATE INDEX inputs_by_indicator ON inputs (indicator_id);

CREATE TABLE assessments (
    id TEXT NOT NULL PRIMARY KEY,
    notice TEXT NOT NULL CHECK (notice <> ''),
    document_id TEXT,
    assessed TEXT CHECK (assessed <> ''),
    period TEXT CHECK (period <> ''),
    made_by TEXT NOT NULL CHECK (made_by <> ''),
    made_on TEXT NOT NULL CHECK (made_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    note TEXT CHECK (note <> ''),
    unused TEXT CHECK (json_type(unused) = 'array')
, records TEXT CHECK (json_type(records) = 'array'), office TEXT CHECK (office <> ''), lines INTEGER CHECK (lines >= 0), filled_by TEXT CHECK (filled_by <> '')) WITHOUT ROWID;

CREATE TABLE answers (
    assessment_id TEXT NOT NULL REFERENCES assessments (id) ON DELETE CASCADE,
    input_id TEXT NOT NULL,
    value TEXT NOT NULL CHECK (json_valid(value)),
    note TEXT CHECK (note <> ''),
    evidence TEXT CHECK (evidence <> ''),
    PRIMARY KEY (assessment_id, input_id)
) WITHOUT ROWID;

CREATE TABLE scores (
    assessment_id TEXT NOT NULL REFERENCES assessments (id) ON DELETE CASCADE,
    indicator_id TEXT NOT NULL,
    low REAL,
    high REAL,
    score REAL,
    lost REAL,
    reasons TEXT NOT NULL CHECK (json_type(reasons) = 'array'),
    unanswered INTEGER NOT NULL CHECK (unanswered >= 0),
    PRIMARY KEY (assessment_id, indicator_id)
) WITHOUT ROWID;

CREATE TABLE score_totals (
    assessment_id TEXT NOT NULL REFERENCES assessments (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL CHECK (ordinal >= 0),
    table_id TEXT,
    category TEXT CHECK (category <> ''),
    possible REAL,
    low REAL,
    high REAL,
    score REAL,
    bonus REAL,
    penalty REAL,
    vetoes INTEGER NOT NULL CHECK (vetoes >= 0),
    downgrades INTEGER NOT NULL CHECK (downgrades >= 0),
    unanswered INTEGER NOT NULL CHECK (unanswered >= 0),
    grade TEXT CHECK (grade <> ''),
    PRIMARY KEY (assessment_id, ordinal)
) WITHOUT ROWID;

CREATE VIEW 得分明细 AS
SELECT
    a.assessed AS 被考核单位, a.period AS 考核期, d.title AS 通知, t.title AS 表, i.level1 AS 一级, i.level2 AS 二级, i.number AS 序号,
    coalesce(i.name, i.requirement, i.criteria) AS 指标, i.points AS 分值, s.score AS 得分, s.low AS 最低, s.high AS 最高, s.lost AS 失分,
    (SELECT group_concat(json_extract(r.value, '$.says'), '；') FROM json_each(s.reasons) AS r) AS 原因,
    s.unanswered AS 未答,
    (SELECT group_concat(party, '、') FROM (SELECT party FROM corrected_responsibilities WHERE indicator_id = i.id AND role = 'lead_department' ORDER BY ordinal)) AS 牵头科室,
    (SELECT group_concat(party, '、') FROM (SELECT party FROM corrected_responsibilities WHERE indicator_id = i.id AND role = 'supporting_department' ORDER BY ordinal)) AS 配合科室,
    (SELECT group_concat(party, '、') FROM (SELECT party FROM corrected_responsibilities WHERE indicator_id = i.id AND role = 'responsible_office' ORDER BY ordinal)) AS 责任处室,
    r.says AS 算法, a.id AS 考核编号, i.id AS 指标编号
FROM scores AS s
    JOIN assessments AS a ON a.id = s.assessment_id
    JOIN corrected_indicators AS i ON i.id = s.indicator_id
    JOIN corrected_documents AS d ON d.id = i.document_id
    JOIN score_rules AS r ON r.indicator_id = s.indicator_id
    LEFT JOIN tables AS t ON t.id = i.table_id
ORDER BY a.id, i.ordinal, i.id;

CREATE VIEW 失分清单 AS
SELECT 被考核单位, 考核期, 通知, 表, 一级, 序号, 指标, 分值, 得分, 失分, 原因, 牵头科室, 配合科室, 责任处室, 考核编号, 指标编号
FROM 得分明细 WHERE 失分 > 0 ORDER BY 失分 DESC, 考核编号, 指标编号;

CREATE TABLE tables (
    id TEXT NOT NULL PRIMARY KEY,
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL CHECK (ordinal >= 0),
    kind TEXT NOT NULL CHECK (kind IN ('scoring', 'articles', 'form', 'list')),
    title TEXT CHECK (title <> ''),
    total_points REAL CHECK (total_points >= 0),
    columns TEXT NOT NULL CHECK (json_type(columns) = 'array'),
    page_first INTEGER CHECK (page_first > 0),
    page_last INTEGER CHECK (page_last >= page_first),
    origins TEXT CHECK (json_type(origins) = 'array'),
    stable_id TEXT CHECK (stable_id <> ''),
    former_ids TEXT CHECK (json_type(former_ids) = 'array'),
    proof TEXT CHECK (proof IN ('proved', 'consistent', 'open'))
) WITHOUT ROWID;

CREATE UNIQUE INDEX tables_in_order ON tables (document_id, ordinal);

CREATE VIEW 表 AS
SELECT
    t.id AS 编号, t.stable_id AS 稳定编号, CASE WHEN json_type(od.changes, '$.title') IS NULL THEN d.title ELSE json_extract(od.changes, '$.title') END AS 通知, d.office AS 单位, CASE WHEN json_type(od.changes, '$.issuer') IS NULL THEN d.issuer ELSE json_extract(od.changes, '$.issuer') END AS 发文机关,
    CASE WHEN json_type(od.changes, '$.doc_number') IS NULL THEN d.doc_number ELSE json_extract(od.changes, '$.doc_number') END AS 发文字号,
    CASE WHEN json_type(od.changes, '$.year') IS NULL THEN d.year ELSE json_extract(od.changes, '$.year') END AS 年度, d.source AS 文件,
    t.title AS 表, t.ordinal + 1 AS 表序, CASE t.kind WHEN 'scoring' THEN '评分表' WHEN 'articles' THEN '条文评分' WHEN 'form' THEN '表单' WHEN 'list' THEN '清单' END AS 类型, t.total_points AS 印出总分,
    CASE t.proof WHEN 'proved' THEN '合计都对得上' WHEN 'consistent' THEN '没有矛盾' WHEN 'open' THEN '有待核对' END AS 核对,
    (SELECT count(DISTINCT f.indicator_id) FROM findings AS f WHERE f.table_id = t.id AND f.about = 'reading' AND f.severity <> 'info') AS 有疑指标数,
    (SELECT count(*) FROM indicators WHERE table_id = t.id) AS 指标数,
    CASE WHEN t.page_first IS NULL THEN NULL WHEN t.page_first = t.page_last THEN '第 ' || t.page_first || ' 页' ELSE '第 ' || t.page_first || '–' || t.page_last || ' 页' END AS 位置,
    t.ordinal AS 次序, CASE WHEN EXISTS (SELECT 1 FROM sources AS s WHERE s.document_id = d.id AND s.present) THEN '否' ELSE '是' END AS 原件已移走, d.id AS 通知编号, d.stable_id AS 通知稳定编号
FROM tables AS t
    JOIN documents AS d ON d.id = t.document_id
    LEFT JOIN overlays AS od ON od.owner = 'documents' AND od.owner_id = d.id
    LEFT JOIN sign_offs AS g ON g.document_id = d.id AND g.state IN ('signed', 'changed')
WHERE d.in_answers;

CREATE TABLE rereadings (
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    key TEXT,
    stable_id TEXT NOT NULL,
    label TEXT,
    was TEXT NOT NULL CHECK (json_type(was) = 'object'),
    now TEXT NOT NULL CHECK (json_type(now) = 'object'),
    changed_at TEXT NOT NULL
);

CREATE INDEX rereadings_by_document ON rereadings (document_id);

CREATE VIEW corrected_clauses AS
SELECT
    x.id, x.document_id, x.indicator_id, x.block_id, x.table_id, x.ordinal, x.scope, x.field, x.start, x.end, x.item, x.binds, x.rule,
    x.stable_id, x.former_ids,  x.sign, x.rounding, x.category, x.exceptions, x.decision,
    CASE WHEN json_type(ox.changes, '$.text') IS NULL THEN x.text ELSE json_extract(ox.changes, '$.text') END AS text,
    CASE WHEN json_type(ox.changes, '$.effect') IS NULL THEN x.effect ELSE json_extract(ox.changes, '$.effect') END AS effect,
    CASE WHEN json_type(ox.changes, '$.points') IS NULL THEN x.points ELSE json_extract(ox.changes, '$.points') END AS points,
    CASE WHEN json_type(ox.changes, '$.per_quantity') IS NULL THEN x.per_quantity ELSE json_extract(ox.changes, '$.per_quantity') END AS per_quantity,
    CASE WHEN json_type(ox.changes, '$.per_unit') IS NULL THEN x.per_unit ELSE json_extract(ox.changes, '$.per_unit') END AS per_unit,
    CASE WHEN json_type(ox.changes, '$.condition') IS NULL THEN x.condition ELSE json_extract(ox.changes, '$.condition') END AS condition,
    CASE WHEN json_type(ox.changes, '$.cap') IS NULL THEN x.cap ELSE json_extract(ox.changes, '$.cap') END AS cap,
    CASE WHEN json_type(ox.changes, '$.share') IS NULL THEN x.share ELSE json_extract(ox.changes, '$.share') END AS share, CASE WHEN json_type(ox.changes, '$.base') IS NULL THEN x.base ELSE json_extract(ox.changes, '$.base') END AS base, CASE WHEN json_type(ox.changes, '$.direction') IS NULL THEN x.direction ELSE json_extract(ox.changes, '$.direction') END AS direction,
    coalesce(json_extract(ox.changes, '$.dropped'), 0) AS dropped, coalesce(ox.corrected, 0) AS corrected, x.decision IS NOT NULL AS added,
    ox.decided_by, ox.decided_on
FROM clauses AS x LEFT JOIN overlays AS ox ON ox.owner = 'clauses' AND ox.owner_id = x.id;

CREATE VIEW 条款明细 AS
SELECT
    c.id AS 编号, c.stable_id AS 稳定编号, c.indicator_id AS 指标编号, i.stable_id AS 指标稳定编号, CASE WHEN json_type(od.changes, '$.title') IS NULL THEN d.title ELSE json_extract(od.changes, '$.title') END AS 通知, d.office AS 单位, CASE WHEN json_type(od.changes, '$.issuer') IS NULL THEN d.issuer ELSE json_extract(od.changes, '$.issuer') END AS 发文机关,
    CASE WHEN json_type(od.changes, '$.doc_number') IS NULL THEN d.doc_number ELSE json_extract(od.changes, '$.doc_number') END AS 发文字号,
    CASE WHEN json_type(od.changes, '$.year') IS NULL THEN d.year ELSE json_extract(od.changes, '$.year') END AS 年度, d.source AS 文件,
    t.title AS 表, t.total_points AS 印出总分, CASE WHEN json_type(oi.changes, '$.level1') IS NULL THEN i.level1 ELSE json_extract(oi.changes, '$.level1') END AS 一级, CASE WHEN json_type(oi.changes, '$.level2') IS NULL THEN i.level2 ELSE json_extract(oi.changes, '$.level2') END AS 二级, CASE WHEN json_type(oi.changes, '$.number') IS NULL THEN i.number ELSE json_extract(oi.changes, '$.number') END AS 序号,
    coalesce(CASE WHEN json_type(oi.changes, '$.name') IS NULL THEN i.name ELSE json_extract(oi.changes, '$.name') END, CASE WHEN json_type(oi.changes, '$.requirement') IS NULL THEN i.requirement ELSE json_extract(oi.changes, '$.requirement') END) AS 指标,
    CASE c.scope WHEN 'line' THEN '本条' WHEN 'category' THEN '本类' WHEN 'table' THEN '全表' WHEN 'notice' THEN '整份通知' END AS 范围, c.category AS 类别路径, CASE c.field WHEN 'requirement' THEN '考核内容' WHEN 'criteria' THEN '评分标准' WHEN 'name' THEN '名称' WHEN 'points_text' THEN '分值原文' END AS 所在栏,
    CASE WHEN json_type(oc.changes, '$.text') IS NULL THEN c.text ELSE json_extract(oc.changes, '$.text') END AS 条款原文, CASE CASE WHEN json_type(oc.changes, '$.effect') IS NULL THEN c.effect ELSE json_extract(oc.changes, '$.effect') END WHEN 'award' THEN '得分' WHEN 'deduct' THEN '扣分' WHEN 'bonus' THEN '加分' WHEN 'forfeit' THEN '不得分' WHEN 'full' THEN '得满分' WHEN 'proportional' THEN '按比例' WHEN 'discretionary' THEN '酌情' WHEN 'external' THEN '由他处评分' WHEN 'veto' THEN '一票否决' WHEN 'downgrade' THEN '降档' WHEN 'cap' THEN '上限' WHEN 'choose' THEN '择一' WHEN 'multiply' THEN '加倍' END AS 效果,
    CASE WHEN json_type(oc.changes, '$.points') IS NULL THEN c.points ELSE json_extract(oc.changes, '$.points') END AS 分值, CASE WHEN json_type(oc.changes, '$.per_quantity') IS NULL THEN c.per_quantity ELSE json_extract(oc.changes, '$.per_quantity') END AS 每数量, CASE WHEN json_type(oc.changes, '$.per_unit') IS NULL THEN c.per_unit ELSE json_extract(oc.changes, '$.per_unit') END AS 每单位,
    CASE WHEN json_type(oc.changes, '$.share') IS NULL THEN c.share ELSE json_extract(oc.changes, '$.share') END AS 比例, CASE WHEN json_type(oc.changes, '$.base') IS NULL THEN c.base ELSE json_extract(oc.changes, '$.base') END AS 起算数, CASE CASE WHEN json_type(oc.changes, '$.direction') IS NULL THEN c.direction ELSE json_extract(oc.changes, '$.direction') END WHEN 'below' THEN '低于' WHEN 'above' THEN '高于' END AS 方向, CASE WHEN json_type(oc.changes, '$.condition') IS NULL THEN c.condition ELSE json_extract(oc.changes, '$.condition') END AS 条件, CASE WHEN json_type(oc.changes, '$.cap') IS NULL THEN c.cap ELSE json_extract(oc.changes, '$.cap') END AS 最多, c.binds AS 约束条款, c.exceptions AS 除外,
    c.item AS 小项, c.rule AS 规则, coalesce(i.page, b.page) AS 页,
    coalesce('第 ' || coalesce(i.page, b.page) || ' 页 ', '') || CASE WHEN c.block_id IS NOT NULL THEN '第 ' || (b.ordinal + 1) || ' 段'
        ELSE coalesce('表 ' || (t.ordinal + 1), '') || coalesce(' 第 ' || (json_extract(c.origins, '$[0][4]') + 1) || ' 行第 ' || (json_extract(c.origins, '$[0][5]') + 1) || ' 列', '') END AS 位置,
    c.ordinal AS 次序,
    CASE WHEN coalesce(oc.corrected, 0) OR c.decision IS NOT NULL THEN '是' ELSE '否' END AS 是否更正, oc.decided_by AS 更正人, oc.decided_on AS 更正日期,
    coalesce(json_extract(oi.changes, '$.checked_by'), g.signed_by) AS 核对人, coalesce(json_extract(oi.changes, '$.checked_on'), g.signed_on) AS 核对日期,
    CASE WHEN json_extract(oi.changes, '$.checked_by') IS NOT NULL THEN '已核对' ELSE CASE coalesce(g.state, 'unsigned') WHEN 'signed' THEN '已核对' WHEN 'changed' THEN '核对后有变动' ELSE '未核对' END END AS 核对状态, CASE WHEN EXISTS (SELECT 1 FROM sources AS s WHERE s.document_id = d.id AND s.present) THEN '否' ELSE '是' END AS 原件已移走, d.id AS 通知编号, d.stable_id AS 通知稳定编号, t.stable_id AS 表稳定编号
FROM clauses AS c
    JOIN documents AS d ON d.id = c.document_id
    LEFT JOIN overlays AS od ON od.owner = 'documents' AND od.owner_id = d.id
    LEFT JOIN sign_offs AS g ON g.document_id = d.id AND g.state IN ('signed', 'changed')
    LEFT JOIN overlays AS oc ON oc.owner = 'clauses' AND oc.owner_id = c.id
    LEFT JOIN indicators AS i ON i.id = c.indicator_id
    LEFT JOIN overlays AS oi ON oi.owner = 'indicators' AND oi.owner_id = i.id
    LEFT JOIN tables AS t ON t.id = coalesce(i.table_id, c.table_id)
    LEFT JOIN blocks AS b ON b.id = c.block_id
WHERE d.in_answers AND coalesce(json_extract(oc.changes, '$.dropped'), 0) = 0 AND coalesce(json_extract(oi.changes, '$.dropped'), 0) = 0;

CREATE VIEW 风险清单 AS
SELECT
    CASE WHEN x.vetoes THEN '一票否决' WHEN x.forfeits THEN '一项不合格全失' WHEN x.downgrades THEN '降低档次' WHEN i.kind = 'penalty' THEN '倒扣分' ELSE '逐项扣分' END AS 风险,
    d.title AS 通知, d.year AS 年度, coalesce(d.issuer, stored.office) AS 单位, t.title AS 表, i.level1 AS 一级, i.number AS 序号, coalesce(i.name, i.requirement, i.criteria) AS 指标, i.points AS 分值,
    CASE WHEN i.kind = 'scored' THEN r.ceiling - r.floor WHEN i.kind = 'penalty' THEN NULL END AS 最多失分,
    CASE WHEN i.kind = 'bonus' THEN r.ceiling END AS 最多加分,
    x.forfeits AS 不得分条款, x.vetoes AS 否决条款, x.downgrades AS 降档条款, x.texts AS 条款原文,
    CASE WHEN r.computable THEN '是' ELSE '否' END AS 可直接计算, r.says AS 算法,
    (SELECT group_concat(party, '、') FROM (SELECT party FROM corrected_responsibilities WHERE indicator_id = i.id AND role = 'lead_department' ORDER BY ordinal)) AS 牵头科室,
    d.id AS 通知编号, i.id AS 指标编号
FROM score_rules AS r
    JOIN corrected_indicators AS i ON i.id = r.indicator_id
    JOIN corrected_documents AS d ON d.id = i.document_id
    JOIN documents AS stored ON stored.id = i.document_id
    LEFT JOIN tables AS t ON t.id = i.table_id
    JOIN (
        SELECT document_id, indicator_id,
            count(CASE WHEN effect = 'veto' THEN 1 END) AS vetoes, count(CASE WHEN effect = 'forfeit' THEN 1 END) AS forfeits,
            count(CASE WHEN effect = 'downgrade' THEN 1 END) AS downgrades,
            group_concat(CASE WHEN effect IN ('veto', 'forfeit', 'downgrade') THEN text END, '；') AS texts
        FROM (
            SELECT r2.document_id, r2.indicator_id,
                CASE WHEN coalesce(json_extract(oc.changes, '$.dropped'), 0) THEN NULL
                    WHEN json_type(oc.changes, '$.effect') IS NULL THEN c.effect ELSE json_extract(oc.changes, '$.effect') END AS effect,
                CASE WHEN json_type(oc.changes, '$.text') IS NULL THEN c.text ELSE json_extract(oc.changes, '$.text') END AS text
            FROM score_rules AS r2
                LEFT JOIN clauses AS c ON c.indicator_id = r2.indicator_id
                LEFT JOIN overlays AS oc ON oc.owner = 'clauses' AND oc.owner_id = c.id
        )
        GROUP BY document_id, indicator_id
    ) AS x ON x.document_id = d.id AND x.indicator_id = r.indicator_id  -- of one notice alone, where one is asked for
WHERE stored.in_answers AND NOT i.dropped
ORDER BY x.vetoes DESC, x.forfeits > 0 DESC, x.downgrades DESC, 最多失分 DESC, d.id, i.ordinal;

CREATE VIEW 全文 AS
SELECT
    x.id AS 编号,
    CASE WHEN json_type(od.changes, '$.title') IS NULL THEN d.title ELSE json_extract(od.changes, '$.title') END AS 通知, d.office AS 单位, CASE WHEN json_type(od.changes, '$.issuer') IS NULL THEN d.issuer ELSE json_extract(od.changes, '$.issuer') END AS 发文机关,
    CASE WHEN json_type(od.changes, '$.doc_number') IS NULL THEN d.doc_number ELSE json_extract(od.changes, '$.doc_number') END AS 发文字号,
    CASE WHEN json_type(od.changes, '$.year') IS NULL THEN d.year ELSE json_extract(od.changes, '$.year') END AS 年度, d.source AS 文件,
    CASE x.owner WHEN 'blocks' THEN '正文' WHEN 'cells' THEN '表格' WHEN 'indicators' THEN '指标' ELSE '疑点' END AS 类别,
    CASE x.owner
        WHEN 'blocks' THEN (
            SELECT CASE WHEN x.field LIKE 'notice:%' THEN '通知 ' ELSE '' END || coalesce('第 ' || b.page || ' 页 ', '') || '第 ' || (b.ordinal + 1) || ' 段' || CASE WHEN x.decided THEN '（更正后）' ELSE '' END
            FROM blocks AS b WHERE b.id = x.owner_id
        )
        WHEN 'cells' THEN (
            SELECT '表 ' || (t.ordinal + 1) || coalesce('《' || t.title || '》', '') || '第 ' || (x.row + 1) || ' 行第 ' || (x.col + 1) || ' 列'
            FROM tables AS t WHERE t.id = x.owner_id
        )
        WHEN 'indicators' THEN (
            SELECT coalesce('第 ' || i.page || ' 页 ', '') || '表 ' || (t.ordinal + 1) || coalesce('《' || t.title || '》', '')
                || coalesce(' ' || (SELECT group_concat(CASE
                    WHEN p.key = 0 AND json_type(oi.changes, '$.level1') IS NOT NULL THEN json_extract(oi.changes, '$.level1')
                    WHEN p.key = 1 AND json_type(oi.changes, '$.level2') IS NOT NULL THEN json_extract(oi.changes, '$.level2')
                    ELSE p.value END, ' / ') FROM json_each(i.path) AS p), '')
                || coalesce(' 第 ' || CASE WHEN json_type(oi.changes, '$.number') IS NULL THEN i.number ELSE json_extract(oi.changes, '$.number') END || ' 条', '') || ' '
                || CASE
                    WHEN x.field = 'path' THEN '类别' WHEN x.field = 'name' THEN '名称' WHEN x.field = 'requirement' THEN '考核内容'
                    WHEN x.field = 'criteria' THEN '评分标准' WHEN x.field LIKE 'responsible_office:%' THEN '责任处室'
                    WHEN x.field LIKE 'lead_leader:%' THEN '牵头领导' WHEN x.field LIKE 'lead_department:%' THEN '牵头科室'
                    WHEN x.field LIKE 'clause:%' THEN '条款' WHEN x.field LIKE 'target:%' THEN '目标值' ELSE '配合科室'
                END || CASE WHEN x.decided THEN '（更正后）' ELSE '' END
            FROM indicators AS i JOIN tables AS t ON t.id = i.table_id WHERE i.id = x.owner_id
        )
        ELSE '疑点'
    END AS 位置,
    x.text AS 原文, x.owner_id AS 记录编号, d.id AS 通知编号, d.stable_id AS 通知稳定编号
FROM texts AS x
    JOIN documents AS d ON d.id = x.document_id
    LEFT JOIN overlays AS od ON od.owner = 'documents' AND od.owner_id = d.id
    LEFT JOIN overlays AS oi ON x.owner = 'indicators' AND oi.owner = 'indicators' AND oi.owner_id = x.owner_id
WHERE d.in_answers AND coalesce(json_extract(oi.changes, '$.dropped'), 0) = 0
    AND (x.owner <> 'findings' OR (SELECT f.state FROM findings AS f WHERE f.id = x.owner_id) <> 'outdated')
    AND (x.decided OR (
        json_type(oi.changes, '$.' || CASE WHEN instr(x.field, ':') THEN substr(x.field, 1, instr(x.field, ':') - 1) ELSE x.field END) IS NULL
        AND (x.field <> 'path' OR coalesce(json_type(oi.changes, '$.level1'), json_type(oi.changes, '$.level2')) IS NULL)
    ));

CREATE VIEW 历年变化 AS
WITH
    notices AS MATERIALIZED (
        SELECT id, coalesce(issuer, office) AS 单位, year AS 年度 FROM corrected_documents WHERE in_answers AND year IS NOT NULL
            AND EXISTS (SELECT 1 FROM indicators AS i WHERE i.document_id = corrected_documents.id)
    ),
    pairs AS MATERIALIZED (
        SELECT
            id, 单位, 年度,
            max(年度) OVER (PARTITION BY 单位 ORDER BY 年度 RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS 上年度,
            min(年度) OVER (PARTITION BY 单位 ORDER BY 年度 RANGE BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS 下年度
        FROM notices WHERE 单位 IS NOT NULL
    ),
    said AS MATERIALIZED (SELECT owner_id, document_id FROM overlays WHERE corrected),
    struck AS MATERIALIZED (SELECT owner_id FROM overlays WHERE json_extract(changes, '$.dropped')),
    both AS MATERIALIZED (
        SELECT
            y.单位, y.年度, y.上年度, n.id AS 本年, p.id AS 上年,
            n.key IS NOT p.key OR n.points_text IS NOT p.points_text
                OR n.document_id IN (SELECT document_id FROM said) OR p.document_id IN (SELECT document_id FROM said) AS 有别
        FROM pairs AS y CROSS JOIN indicators AS n ON n.document_id = y.id
            CROSS JOIN notices AS k ON k.单位 = y.单位 AND k.年度 = y.上年度 CROSS JOIN indicators AS p ON p.document_id = k.id AND p.topic = n.topic
        WHERE n.id NOT IN (SELECT owner_id FROM struck) AND p.id NOT IN (SELECT owner_id FROM struck)
    )
SELECT
    y.单位, y.年度, y.上年度, '分值' AS 种类, coalesce(CASE WHEN n.id IN (SELECT owner_id FROM said) THEN (SELECT name FROM corrected_indicators WHERE id = n.id) ELSE n.name END, CASE WHEN n.id IN (SELECT owner_id FROM said) THEN (SELECT requirement FROM corrected_indicators WHERE id = n.id) ELSE n.requirement END, CASE WHEN n.id IN (SELECT owner_id FROM said) THEN (SELECT criteria FROM corrected_indicators WHERE id = n.id) ELSE n.criteria END) AS 指标, NULL AS 内容,
    (SELECT printf('%.10g', v) FROM (SELECT CASE WHEN p.id IN (SELECT owner_id FROM said) THEN (SELECT points FROM corrected_indicators WHERE id = p.id) ELSE p.points END AS v) WHERE v IS NOT NULL) AS 上年, (SELECT printf('%.10g', v) FROM (SELECT CASE WHEN n.id IN (SELECT owner_id FROM said) THEN (SELECT points FROM corrected_indicators WHERE id = n.id) ELSE n.points END AS v) WHERE v IS NOT NULL) AS 本年, CASE WHEN json_type(od.changes, '$.title') IS NULL THEN d.title ELSE json_extract(od.changes, '$.title') END AS 通知, t.title AS 表, d.source AS 文件,
    coalesce('第 ' || n.page || ' 页 ', '') || '表 ' || (t.ordinal + 1) || coalesce(' 第 ' || (n.row_first + 1) || ' 行', '') AS 位置,
    n.stable_id AS 稳定编号, p.stable_id AS 上年稳定编号
FROM both AS y CROSS JOIN indicators AS n ON y.有别 AND n.id = y.本年 CROSS JOIN indicators AS p ON p.id = y.上年
    JOIN documents AS d ON d.id = n.document_id
    JOIN tables AS t ON t.id = n.table_id
    LEFT JOIN overlays AS od ON od.owner = 'documents' AND od.owner_id = d.id
WHERE CASE WHEN p.id IN (SELECT owner_id FROM said) THEN (SELECT points FROM corrected_indicators WHERE id = p.id) ELSE p.points END IS NOT CASE WHEN n.id IN (SELECT owner_id FROM said) THEN (SELECT points FROM corrected_indicators WHERE id = n.id) ELSE n.points END AND CASE WHEN p.id IN (SELECT owner_id FROM said) THEN (SELECT level1 FROM corrected_indicators WHERE id = p.id) ELSE p.level1 END IS CASE WHEN n.id IN (SELECT owner_id FROM said) THEN (SELECT level1 FROM corrected_indicators WHERE id = n.id) ELSE n.level1 END
UNION ALL
SELECT
    y.单位, y.年度, y.上年度, '新增指标' AS 种类, coalesce(CASE WHEN n.id IN (SELECT owner_id FROM said) THEN (SELECT name FROM corrected_indicators WHERE id = n.id) ELSE n.name END, CASE WHEN n.id IN (SELECT owner_id FROM said) THEN (SELECT requirement FROM corrected_indicators WHERE id = n.id) ELSE n.requirement END, CASE WHEN n.id IN (SELECT owner_id FROM said) THEN (SELECT criteria FROM corrected_indicators WHERE id = n.id) ELSE n.criteria END) AS 指标, NULL AS 内容,
    NULL AS 上年, (SELECT printf('%.10g', v) FROM (SELECT CASE WHEN n.id IN (SELECT owner_id FROM said) THEN (SELECT points FROM corrected_indicators WHERE id = n.id) ELSE n.points END AS v) WHERE v IS NOT NULL) AS 本年, CASE WHEN json_type(od.changes, '$.title') IS NULL THEN d.title ELSE json_extract(od.changes, '$.title') END AS 通知, t.title AS 表, d.source AS 文件,
    coalesce('第 ' || n.page || ' 页 ', '') || '表 ' || (t.ordinal + 1) || coalesce(' 第 ' || (n.row_first + 1) || ' 行', '') AS 位置,
    n.stable_id AS 稳定编号, NULL AS 上年稳定编号
FROM pairs AS y CROSS JOIN indicators AS n ON n.document_id = y.id
    JOIN documents AS d ON d.id = n.document_id
    JOIN tables AS t ON t.id = n.table_id
    LEFT JOIN overlays AS od ON od.owner = 'documents' AND od.owner_id = d.id
WHERE y.上年度 IS NOT NULL AND n.id NOT IN (SELECT 本年 FROM both) AND n.id NOT IN (SELECT owner_id FROM struck)
UNION ALL
SELECT
    y.单位, y.下年度 AS 年度, y.年度 AS 上年度, '取消指标' AS 种类, coalesce(CASE WHEN p.id IN (SELECT owner_id FROM said) THEN (SELECT name FROM corrected_indicators WHERE id = p.id) ELSE p.name END, CASE WHEN p.id IN (SELECT owner_id FROM said) THEN (SELECT requirement FROM corrected_indicators WHERE id = p.id) ELSE p.requirement END, CASE WHEN p.id IN (SELECT owner_id FROM said) THEN (SELECT criteria FROM corrected_indicators WHERE id = p.id) ELSE p.criteria END) AS 指标, NULL AS 内容,
    (SELECT printf('%.10g', v) FROM (SELECT CASE WHEN p.id IN (SELECT owner_id FROM said) THEN (SELECT points FROM corrected_indicators WHERE id = p.id) ELSE p.points END AS v) WHERE v IS NOT NULL) AS 上年, NULL AS 本年, CASE WHEN json_type(od.changes, '$.title') IS NULL THEN d.title ELSE json_extract(od.changes, '$.title') END AS 通知, t.title AS 表, d.source AS 文件,
    coalesce('第 ' || p.page || ' 页 ', '') || '表 ' || (t.ordinal + 1) || coalesce(' 第 ' || (p.row_first + 1) || ' 行', '') AS 位置,
    NULL AS 稳定编号, p.stable_id AS 上年稳定编号
FROM pairs AS y CROSS JOIN indicators AS p ON p.document_id = y.id
    JOIN documents AS d ON d.id = p.document_id
    JOIN tables AS t ON t.id = p.table_id
    LEFT JOIN overlays AS od ON od.owner = 'documents' AND od.owner_id = d.id
WHERE y.下年度 IS NOT NULL AND p.id NOT IN (SELECT 上年 FROM both) AND p.id NOT IN (SELECT owner_id FROM struck)
UNION ALL
SELECT
    y.单位, y.年度, y.上年度, CASE h.kind WHEN 'boundary' THEN '界限' ELSE '目标' END AS 种类, coalesce(CASE WHEN n.id IN (SELECT owner_id FROM said) THEN (SELECT name FROM corrected_indicators WHERE id = n.id) ELSE n.name END, CASE WHEN n.id IN (SELECT owner_id FROM said) THEN (SELECT requirement FROM corrected_indicators WHERE id = n.id) ELSE n.requirement END, CASE WHEN n.id IN (SELECT owner_id FROM said) THEN (SELECT criteria FROM corrected_indicators WHERE id = n.id) ELSE n.criteria END) AS 指标, CASE WHEN h.id IN (SELECT owner_id FROM said) THEN (SELECT metric FROM corrected_thresholds WHERE id = h.id) ELSE h.metric END AS 内容,
    CASE CASE WHEN q.id IN (SELECT owner_id FROM said) THEN (SELECT comparator FROM corrected_thresholds WHERE id = q.id) ELSE q.comparator END WHEN '>=' THEN '不低于' WHEN '>' THEN '高于' WHEN '<=' THEN '不超过' WHEN '<' THEN '低于' WHEN '=' THEN '等于' WHEN 'between' THEN '介于' END || ' ' || (SELECT printf('%.10g', v) FROM (SELECT CASE WHEN q.id IN (SELECT owner_id FROM said) THEN (SELECT value FROM corrected_thresholds WHERE id = q.id) ELSE q.value END AS v) WHERE v IS NOT NULL) || coalesce('–' || (SELECT printf('%.10g', v) FROM (SELECT CASE WHEN q.id IN (SELECT owner_id FROM said) THEN (SELECT value_high FROM corrected_thresholds WHERE id = q.id) ELSE q.value_high END AS v) WHERE v IS NOT NULL), '') || coalesce(CASE WHEN q.id IN (SELECT owner_id FROM said) THEN (SELECT unit FROM corrected_thresholds WHERE id = q.id) ELSE q.unit END, '') AS 上年, CASE CASE WHEN h.id IN (SELECT owner_id FROM said) THEN (SELECT comparator FROM corrected_thresholds WHERE id = h.id) ELSE h.comparator END WHEN '>=' THEN '不低于' WHEN '>' THEN '高于' WHEN '<=' THEN '不超过' WHEN '<' THEN '低于' WHEN '=' THEN '等于' WHEN 'between' THEN '介于' END || ' ' || (SELECT printf('%.10g', v) FROM (SELECT CASE WHEN h.id IN (SELECT owner_id FROM said) THEN (SELECT value FROM corrected_thresholds WHERE id = h.id) ELSE h.value END AS v) WHERE v IS NOT NULL) || coalesce('–' || (SELECT printf('%.10g', v) FROM (SELECT CASE WHEN h.id IN (SELECT owner_id FROM said) THEN (SELECT value_high FROM corrected_thresholds WHERE id = h.id) ELSE h.value_high END AS v) WHERE v IS NOT NULL), '') || coalesce(CASE WHEN h.id IN (SELECT owner_id FROM said) THEN (SELECT unit FROM corrected_thresholds WHERE id = h.id) ELSE h.unit END, '') AS 本年, CASE WHEN json_type(od.changes, '$.title') IS NULL THEN d.title ELSE json_extract(od.changes, '$.title') END AS 通知, t.title AS 表, d.source AS 文件,
    coalesce('第 ' || n.page || ' 页 ', '') || '表 ' || (t.ordinal + 1) || coalesce(' 第 ' || (n.row_first + 1) || ' 行', '') AS 位置,
    h.stable_id AS 稳定编号, q.stable_id AS 上年稳定编号
FROM both AS y CROSS JOIN thresholds AS h ON y.有别 AND h.indicator_id = y.本年 CROSS JOIN thresholds AS q ON q.indicator_id = y.上年 AND q.kind IS h.kind
        AND CASE WHEN q.id IN (SELECT owner_id FROM said) THEN (SELECT metric FROM corrected_thresholds WHERE id = q.id) ELSE q.metric END = CASE WHEN h.id IN (SELECT owner_id FROM said) THEN (SELECT metric FROM corrected_thresholds WHERE id = h.id) ELSE h.metric END AND CASE WHEN q.id IN (SELECT owner_id FROM said) THEN (SELECT comparator FROM corrected_thresholds WHERE id = q.id) ELSE q.comparator END = CASE WHEN h.id IN (SELECT owner_id FROM said) THEN (SELECT comparator FROM corrected_thresholds WHERE id = h.id) ELSE h.comparator END
    CROSS JOIN indicators AS n ON n.id = y.本年
    JOIN documents AS d ON d.id = n.document_id
    JOIN tables AS t ON t.id = n.table_id
    LEFT JOIN overlays AS od ON od.owner = 'documents' AND od.owner_id = d.id
WHERE (CASE WHEN q.id IN (SELECT owner_id FROM said) THEN (SELECT value FROM corrected_thresholds WHERE id = q.id) ELSE q.value END <> CASE WHEN h.id IN (SELECT owner_id FROM said) THEN (SELECT value FROM corrected_thresholds WHERE id = h.id) ELSE h.value END OR CASE WHEN q.id IN (SELECT owner_id FROM said) THEN (SELECT value_high FROM corrected_thresholds WHERE id = q.id) ELSE q.value_high END IS NOT CASE WHEN h.id IN (SELECT owner_id FROM said) THEN (SELECT value_high FROM corrected_thresholds WHERE id = h.id) ELSE h.value_high END OR CASE WHEN q.id IN (SELECT owner_id FROM said) THEN (SELECT unit FROM corrected_thresholds WHERE id = q.id) ELSE q.unit END IS NOT CASE WHEN h.id IN (SELECT owner_id FROM said) THEN (SELECT unit FROM corrected_thresholds WHERE id = h.id) ELSE h.unit END)
    AND h.id NOT IN (SELECT owner_id FROM struck) AND q.id NOT IN (SELECT owner_id FROM struck)
UNION ALL
SELECT
    y.单位, y.年度, y.上年度, '条款' AS 种类, coalesce(CASE WHEN n.id IN (SELECT owner_id FROM said) THEN (SELECT name FROM corrected_indicators WHERE id = n.id) ELSE n.name END, CASE WHEN n.id IN (SELECT owner_id FROM said) THEN (SELECT requirement FROM corrected_indicators WHERE id = n.id) ELSE n.requirement END, CASE WHEN n.id IN (SELECT owner_id FROM said) THEN (SELECT criteria FROM corrected_indicators WHERE id = n.id) ELSE n.criteria END) AS 指标, CASE WHEN c.id IN (SELECT owner_id FROM said) THEN (SELECT condition FROM corrected_clauses WHERE id = c.id) ELSE c.condition END AS 内容,
    CASE CASE WHEN q.id IN (SELECT owner_id FROM said) THEN (SELECT effect FROM corrected_clauses WHERE id = q.id) ELSE q.effect END WHEN 'award' THEN '得分' WHEN 'deduct' THEN '扣分' WHEN 'bonus' THEN '加分' WHEN 'forfeit' THEN '不得分' WHEN 'full' THEN '得满分' WHEN 'proportional' THEN '按比例' WHEN 'discretionary' THEN '酌情' WHEN 'external' THEN '由他处评分' WHEN 'veto' THEN '一票否决' WHEN 'downgrade' THEN '降档' WHEN 'cap' THEN '上限' WHEN 'choose' THEN '择一' WHEN 'multiply' THEN '加倍' END || coalesce(' ' || (SELECT printf('%.10g', v) FROM (SELECT CASE WHEN q.id IN (SELECT owner_id FROM said) THEN (SELECT points FROM corrected_clauses WHERE id = q.id) ELSE q.points END AS v) WHERE v IS NOT NULL), '') || coalesce('/' || (SELECT printf('%.10g', v) FROM (SELECT CASE WHEN q.id IN (SELECT owner_id FROM said) THEN (SELECT per_quantity FROM corrected_clauses WHERE id = q.id) ELSE q.per_quantity END AS v) WHERE v IS NOT NULL) || coalesce(CASE WHEN q.id IN (SELECT owner_id FROM said) THEN (SELECT per_unit FROM corrected_clauses WHERE id = q.id) ELSE q.per_unit END, ''), '') AS 上年, CASE CASE WHEN c.id IN (SELECT owner_id FROM said) THEN (SELECT effect FROM corrected_clauses WHERE id = c.id) ELSE c.effect END WHEN 'award' THEN '得分' WHEN 'deduct' THEN '扣分' WHEN 'bonus' THEN '加分' WHEN 'forfeit' THEN '不得分' WHEN 'full' THEN '得满分' WHEN 'proportional' THEN '按比例' WHEN 'discretionary' THEN '酌情' WHEN 'external' THEN '由他处评分' WHEN 'veto' THEN '一票否决' WHEN 'downgrade' THEN '降档' WHEN 'cap' THEN '上限' WHEN 'choose' THEN '择一' WHEN 'multiply' THEN '加倍' END || coalesce(' ' || (SELECT printf('%.10g', v) FROM (SELECT CASE WHEN c.id IN (SELECT owner_id FROM said) THEN (SELECT points FROM corrected_clauses WHERE id = c.id) ELSE c.points END AS v) WHERE v IS NOT NULL), '') || coalesce('/' || (SELECT printf('%.10g', v) FROM (SELECT CASE WHEN c.id IN (SELECT owner_id FROM said) THEN (SELECT per_quantity FROM corrected_clauses WHERE id = c.id) ELSE c.per_quantity END AS v) WHERE v IS NOT NULL) || coalesce(CASE WHEN c.id IN (SELECT owner_id FROM said) THEN (SELECT per_unit FROM corrected_clauses WHERE id = c.id) ELSE c.per_unit END, ''), '') AS 本年, CASE WHEN json_type(od.changes, '$.title') IS NULL THEN d.title ELSE json_extract(od.changes, '$.title') END AS 通知, t.title AS 表, d.source AS 文件,
    coalesce('第 ' || n.page || ' 页 ', '') || '表 ' || (t.ordinal + 1) || coalesce(' 第 ' || (n.row_first + 1) || ' 行', '') AS 位置,
    c.stable_id AS 稳定编号, q.stable_id AS 上年稳定编号
FROM both AS y CROSS JOIN clauses AS c ON y.有别 AND c.indicator_id = y.本年 CROSS JOIN clauses AS q ON q.indicator_id = y.上年
        AND CASE WHEN q.id IN (SELECT owner_id FROM said) THEN (SELECT condition FROM corrected_clauses WHERE id = q.id) ELSE q.condition END = CASE WHEN c.id IN (SELECT owner_id FROM said) THEN (SELECT condition FROM corrected_clauses WHERE id = c.id) ELSE c.condition END AND CASE WHEN q.id IN (SELECT owner_id FROM said) THEN (SELECT effect FROM corrected_clauses WHERE id = q.id) ELSE q.effect END = CASE WHEN c.id IN (SELECT owner_id FROM said) THEN (SELECT effect FROM corrected_clauses WHERE id = c.id) ELSE c.effect END
    CROSS JOIN indicators AS n ON n.id = y.本年
    JOIN documents AS d ON d.id = n.document_id
    JOIN tables AS t ON t.id = n.table_id
    LEFT JOIN overlays AS od ON od.owner = 'documents' AND od.owner_id = d.id
WHERE (CASE WHEN q.id IN (SELECT owner_id FROM said) THEN (SELECT points FROM corrected_clauses WHERE id = q.id) ELSE q.points END IS NOT CASE WHEN c.id IN (SELECT owner_id FROM said) THEN (SELECT points FROM corrected_clauses WHERE id = c.id) ELSE c.points END OR CASE WHEN q.id IN (SELECT owner_id FROM said) THEN (SELECT per_quantity FROM corrected_clauses WHERE id = q.id) ELSE q.per_quantity END IS NOT CASE WHEN c.id IN (SELECT owner_id FROM said) THEN (SELECT per_quantity FROM corrected_clauses WHERE id = c.id) ELSE c.per_quantity END OR CASE WHEN q.id IN (SELECT owner_id FROM said) THEN (SELECT per_unit FROM corrected_clauses WHERE id = q.id) ELSE q.per_unit END IS NOT CASE WHEN c.id IN (SELECT owner_id FROM said) THEN (SELECT per_unit FROM corrected_clauses WHERE id = c.id) ELSE c.per_unit END)
    AND c.id NOT IN (SELECT owner_id FROM struck) AND q.id NOT IN (SELECT owner_id FROM struck);

CREATE VIEW 得分汇总 AS
SELECT
    a.assessed AS 被考核单位, a.period AS 考核期, d.title AS 通知,
    CASE WHEN x.table_id IS NULL THEN '全部' ELSE t.title END AS 表, coalesce(x.category, '合计') AS 类别,
    x.possible AS 满分, round(x.possible + x.bonus - x.penalty - x.score, 9) AS 失分, x.score AS 得分, x.low AS 最低, x.high AS 最高,
    x.bonus AS 加分, x.penalty AS 扣分, x.vetoes AS 一票否决, x.downgrades AS 降档, x.unanswered AS 未答, x.grade AS 等次,
    CASE WHEN a.office IS NOT NULL THEN '只算“' || a.office || '”自评表上的' || a.lines || '条' END AS 范围, a.filled_by AS 填表人, a.id AS 考核编号
FROM score_totals AS x
    JOIN assessments AS a ON a.id = x.assessment_id
    LEFT JOIN corrected_documents AS d ON d.id = a.document_id
    LEFT JOIN tables AS t ON t.id = x.table_id
ORDER BY a.id, x.ordinal;

INSERT INTO texts_fts (texts_fts) VALUES ('rebuild');
