-- Ids that other data may hang on for years, and whose folder a file came from. The ids are given when the next run settles which files are
-- editions of one notice; the function office_of() is that of pipeline/database/offices.py.

ALTER TABLE documents ADD COLUMN stable_id TEXT CHECK (stable_id <> '');
ALTER TABLE documents ADD COLUMN former_ids TEXT CHECK (json_type(former_ids) = 'array');
ALTER TABLE tables ADD COLUMN stable_id TEXT CHECK (stable_id <> '');
ALTER TABLE tables ADD COLUMN former_ids TEXT CHECK (json_type(former_ids) = 'array');
ALTER TABLE indicators ADD COLUMN stable_id TEXT CHECK (stable_id <> '');
ALTER TABLE indicators ADD COLUMN former_ids TEXT CHECK (json_type(former_ids) = 'array');
ALTER TABLE clauses ADD COLUMN stable_id TEXT CHECK (stable_id <> '');
ALTER TABLE clauses ADD COLUMN former_ids TEXT CHECK (json_type(former_ids) = 'array');
ALTER TABLE thresholds ADD COLUMN stable_id TEXT CHECK (stable_id <> '');
ALTER TABLE thresholds ADD COLUMN former_ids TEXT CHECK (json_type(former_ids) = 'array');
CREATE INDEX documents_by_stable_id ON documents (stable_id);
CREATE INDEX indicators_by_stable_id ON indicators (stable_id);

ALTER TABLE sources ADD COLUMN office TEXT CHECK (office <> '');
UPDATE sources SET office = coalesce(office_of(source), (SELECT issuer FROM documents WHERE id = document_id));

-- Every stable id that a row has or had, so that data that was joined to an older reading still finds it.
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
