-- Scoring in prose: tables of kind articles have lines, and no cells. What a table's printed sums say of how it was read.

PRAGMA legacy_alter_table = ON;  -- views and references mean the new table

ALTER TABLE tables RENAME TO old_tables;
DROP INDEX tables_in_order;
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
INSERT INTO tables (id, document_id, ordinal, kind, title, total_points, columns, page_first, page_last, origins, stable_id, former_ids)
    SELECT id, document_id, ordinal, kind, title, total_points, columns, page_first, page_last, origins, stable_id, former_ids
    FROM old_tables;
DROP TABLE old_tables;
CREATE UNIQUE INDEX tables_in_order ON tables (document_id, ordinal);

PRAGMA legacy_alter_table = OFF;

-- The view of tables tells what their sums say.
DROP VIEW 表;
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
