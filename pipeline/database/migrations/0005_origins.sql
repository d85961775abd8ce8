-- Where a value stands is kept with the value: a row of its own for each place was nearly half of what a notice's rows cost to store.
-- What is asked for stays: `origins` is a view over them.

-- The places of a row as a list: [field, start, end, table, row, column] in a cell, [field, start, end, block] in a block; table and block
-- by their place in the document.
ALTER TABLE documents ADD COLUMN origins TEXT CHECK (json_type(origins) = 'array');
ALTER TABLE tables ADD COLUMN origins TEXT CHECK (json_type(origins) = 'array');
ALTER TABLE indicators ADD COLUMN origins TEXT CHECK (json_type(origins) = 'array');
ALTER TABLE items ADD COLUMN origins TEXT CHECK (json_type(origins) = 'array');
ALTER TABLE clauses ADD COLUMN origins TEXT CHECK (json_type(origins) = 'array');
ALTER TABLE thresholds ADD COLUMN origins TEXT CHECK (json_type(origins) = 'array');
ALTER TABLE responsibilities ADD COLUMN origins TEXT CHECK (json_type(origins) = 'array');
ALTER TABLE facts ADD COLUMN origins TEXT CHECK (json_type(origins) = 'array');

CREATE TEMP TABLE stated AS
SELECT owner_id, json_group_array(json(place)) AS places
FROM (
    SELECT
        o.owner_id,
        CASE WHEN o.block_id IS NULL THEN json_array(o.field, o.start, o.end, t.ordinal, o.row, o.col)
            ELSE json_array(o.field, o.start, o.end, b.ordinal) END AS place
    FROM origins AS o LEFT JOIN tables AS t ON t.id = o.table_id LEFT JOIN blocks AS b ON b.id = o.block_id
    ORDER BY o.owner_id, o.ordinal
)
GROUP BY owner_id;
CREATE UNIQUE INDEX temp.stated_by_owner ON stated (owner_id);
UPDATE documents SET origins = (SELECT places FROM stated WHERE owner_id = documents.id);
UPDATE tables SET origins = (SELECT places FROM stated WHERE owner_id = tables.id);
UPDATE indicators SET origins = (SELECT places FROM stated WHERE owner_id = indicators.id);
UPDATE items SET origins = (SELECT places FROM stated WHERE owner_id = items.id);
UPDATE clauses SET origins = (SELECT places FROM stated WHERE owner_id = clauses.id);
UPDATE thresholds SET origins = (SELECT places FROM stated WHERE owner_id = thresholds.id);
UPDATE responsibilities SET origins = (SELECT places FROM stated WHERE owner_id = responsibilities.id);
UPDATE facts SET origins = (SELECT places FROM stated WHERE owner_id = facts.id);
DROP TABLE temp.stated;

DROP TABLE origins;
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
