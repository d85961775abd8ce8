-- Full text search over all that the notices say. The functions tokens() and text_id() are those of pipeline/texts.py.

CREATE TABLE texts (
    id INTEGER PRIMARY KEY,
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    owner TEXT NOT NULL CHECK (owner IN ('blocks', 'cells', 'indicators', 'findings')),
    owner_id TEXT NOT NULL,
    field TEXT NOT NULL CHECK (field <> ''),
    row INTEGER CHECK (row >= 0),
    col INTEGER CHECK (col >= 0),
    text TEXT NOT NULL CHECK (text <> ''),
    tokens TEXT NOT NULL
);
CREATE INDEX texts_by_document ON texts (document_id);

-- Every visible character is part of a token: '≥95%' can be searched for as it is printed.
CREATE VIRTUAL TABLE texts_fts USING fts5 (
    tokens, content="texts", content_rowid="id", tokenize="unicode61 remove_diacritics 0 categories 'L* M* N* P* S* Co'"
);
CREATE TRIGGER texts_added AFTER INSERT ON texts BEGIN
    INSERT INTO texts_fts (rowid, tokens) VALUES (new.id, new.tokens);
END;
CREATE TRIGGER texts_gone AFTER DELETE ON texts BEGIN
    INSERT INTO texts_fts (texts_fts, rowid, tokens) VALUES ('delete', old.id, old.tokens);
END;

-- What can be searched: each line, each paragraph, each cell that is part of no line, each finding. Clauses, targets and facts stand in these.
CREATE VIEW searchable AS
SELECT document_id, 'blocks' AS owner, id AS owner_id, kind AS field, NULL AS row, NULL AS col, text FROM blocks WHERE text IS NOT NULL
UNION ALL
SELECT document_id, 'indicators', id, 'path', NULL, NULL, (SELECT group_concat(value, ' / ') FROM json_each(i.path))
FROM indicators AS i
WHERE i.path <> '[]' AND NOT EXISTS (
    SELECT 1 FROM indicators AS b
    WHERE b.document_id = i.document_id AND b.ordinal = i.ordinal - 1 AND b.table_id = i.table_id AND b.path = i.path
)
UNION ALL
SELECT document_id, 'indicators', id, 'name', NULL, NULL, name FROM indicators WHERE name IS NOT NULL
UNION ALL
SELECT document_id, 'indicators', id, 'requirement', NULL, NULL, requirement FROM indicators WHERE requirement IS NOT NULL
UNION ALL
SELECT document_id, 'indicators', id, 'criteria', NULL, NULL, criteria FROM indicators WHERE criteria IS NOT NULL
UNION ALL
SELECT i.document_id, 'indicators', i.id, r.role || ':' || r.ordinal, NULL, NULL, r.party
FROM indicators AS i JOIN responsibilities AS r ON r.indicator_id = i.id
UNION ALL
SELECT t.document_id, 'cells', c.table_id, 'text', c.row, c.col, c.text
FROM tables AS t JOIN cells AS c ON c.table_id = t.id
WHERE c.text IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM origins AS o
    WHERE o.table_id = c.table_id AND o.row = c.row AND o.col = c.col AND o.owner IN ('indicators', 'responsibilities')
)
UNION ALL
SELECT document_id, 'findings', id, 'message', NULL, NULL, message FROM findings;

INSERT INTO texts (id, document_id, owner, owner_id, field, row, col, text, tokens)
SELECT text_id(owner_id, field, row, col), document_id, owner, owner_id, field, row, col, text, tokens(text) FROM searchable;

-- The same for people, current editions only.
CREATE VIEW 全文 AS
SELECT
    x.id AS 编号,
    d.title AS 通知, d.issuer AS 发文机关, d.year AS 年度, d.source AS 文件,
    CASE x.owner WHEN 'blocks' THEN '正文' WHEN 'cells' THEN '表格' WHEN 'indicators' THEN '指标' ELSE '疑点' END AS 类别,
    CASE x.owner
        WHEN 'blocks' THEN coalesce('第 ' || b.page || ' 页 ', '') || '第 ' || (b.ordinal + 1) || ' 段'
        WHEN 'cells' THEN '表 ' || (t.ordinal + 1) || coalesce('《' || t.title || '》', '') || '第 ' || (x.row + 1) || ' 行第 ' || (x.col + 1) || ' 列'
        WHEN 'indicators' THEN
            coalesce('第 ' || i.page || ' 页 ', '') || '表 ' || (t.ordinal + 1) || coalesce('《' || t.title || '》', '')
            || coalesce(' ' || (SELECT group_concat(value, ' / ') FROM json_each(i.path)), '') || coalesce(' 第 ' || i.number || ' 条', '') || ' '
            || CASE
                WHEN x.field = 'path' THEN '类别' WHEN x.field = 'name' THEN '名称' WHEN x.field = 'requirement' THEN '考核内容'
                WHEN x.field = 'criteria' THEN '评分标准' WHEN x.field LIKE 'responsible_office:%' THEN '责任处室'
                WHEN x.field LIKE 'lead_leader:%' THEN '牵头领导' WHEN x.field LIKE 'lead_department:%' THEN '牵头科室' ELSE '配合科室'
            END
        ELSE '疑点'
    END AS 位置,
    x.text AS 原文, x.owner_id AS 记录编号, d.id AS 通知编号
FROM texts AS x
    JOIN corrected_documents AS d ON d.id = x.document_id
    LEFT JOIN blocks AS b ON x.owner = 'blocks' AND b.id = x.owner_id
    LEFT JOIN indicators AS i ON x.owner = 'indicators' AND i.id = x.owner_id
    LEFT JOIN tables AS t ON t.id = CASE x.owner WHEN 'cells' THEN x.owner_id ELSE i.table_id END
WHERE d.edition_of IS NULL;
