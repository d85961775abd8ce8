-- What a line's clauses can cost is counted in one look at them, where each count was a look of its own, and worked out again for each use.
-- Corrections are put in as corrected_clauses does; through that view SQLite makes all clauses of the catalogue first, also for one notice.
DROP VIEW 风险清单;
-- What can be lost by each line, the gravest first: vetoes, lines that one fault empties, downgrades, then by points.
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
