-- What changed between years counts what people corrected and leaves out what they struck out; the place of a text is worked out only where it is shown.
DROP VIEW 全文;
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

DROP VIEW 历年变化;
-- What changed from one year of an office to the next that it has: lines that came and went, their points, targets and clauses, as people corrected them.
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
