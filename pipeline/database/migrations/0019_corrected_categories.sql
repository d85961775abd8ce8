-- A category, an office and a notice's title that people corrected are searched as they are now, with their places; what is said of a line that no
-- longer holds is not found.
DROP VIEW 全文;
CREATE VIEW 全文 AS
SELECT
    x.id AS 编号,
    CASE WHEN json_type(od.changes, '$.title') IS NULL THEN d.title ELSE json_extract(od.changes, '$.title') END AS 通知, d.office AS 单位, CASE WHEN json_type(od.changes, '$.issuer') IS NULL THEN d.issuer ELSE json_extract(od.changes, '$.issuer') END AS 发文机关,
    CASE WHEN json_type(od.changes, '$.doc_number') IS NULL THEN d.doc_number ELSE json_extract(od.changes, '$.doc_number') END AS 发文字号,
    CASE WHEN json_type(od.changes, '$.year') IS NULL THEN d.year ELSE json_extract(od.changes, '$.year') END AS 年度, d.source AS 文件,
    CASE x.owner WHEN 'blocks' THEN '正文' WHEN 'cells' THEN '表格' WHEN 'indicators' THEN '指标' ELSE '疑点' END AS 类别,
    CASE x.owner
        WHEN 'blocks' THEN CASE WHEN x.field LIKE 'notice:%' THEN '通知 ' ELSE '' END || coalesce('第 ' || b.page || ' 页 ', '') || '第 ' || (b.ordinal + 1) || ' 段' || CASE WHEN x.decided THEN '（更正后）' ELSE '' END
        WHEN 'cells' THEN '表 ' || (t.ordinal + 1) || coalesce('《' || t.title || '》', '') || '第 ' || (x.row + 1) || ' 行第 ' || (x.col + 1) || ' 列'
        WHEN 'indicators' THEN
            coalesce('第 ' || i.page || ' 页 ', '') || '表 ' || (t.ordinal + 1) || coalesce('《' || t.title || '》', '')
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
        ELSE '疑点'
    END AS 位置,
    x.text AS 原文, x.owner_id AS 记录编号, d.id AS 通知编号, d.stable_id AS 通知稳定编号
FROM texts AS x
    JOIN documents AS d ON d.id = x.document_id
    LEFT JOIN overlays AS od ON od.owner = 'documents' AND od.owner_id = d.id
    LEFT JOIN blocks AS b ON x.owner = 'blocks' AND b.id = x.owner_id
    LEFT JOIN indicators AS i ON x.owner = 'indicators' AND i.id = x.owner_id
    LEFT JOIN overlays AS oi ON x.owner = 'indicators' AND oi.owner = 'indicators' AND oi.owner_id = x.owner_id
    LEFT JOIN findings AS f ON x.owner = 'findings' AND f.id = x.owner_id
    LEFT JOIN tables AS t ON t.id = CASE x.owner WHEN 'cells' THEN x.owner_id ELSE i.table_id END
WHERE d.in_answers AND coalesce(json_extract(oi.changes, '$.dropped'), 0) = 0 AND coalesce(f.state, '') <> 'outdated' AND (x.decided OR (
    json_type(oi.changes, '$.' || CASE WHEN instr(x.field, ':') THEN substr(x.field, 1, instr(x.field, ':') - 1) ELSE x.field END) IS NULL
    AND (x.field <> 'path' OR coalesce(json_type(oi.changes, '$.level1'), json_type(oi.changes, '$.level2')) IS NULL)
));
