-- Whose own form an assessment is, how many lines its totals hold, who filled it in. NULL until answers are applied the next time.
ALTER TABLE assessments ADD COLUMN office TEXT CHECK (office <> '');
ALTER TABLE assessments ADD COLUMN lines INTEGER CHECK (lines >= 0);
ALTER TABLE assessments ADD COLUMN filled_by TEXT CHECK (filled_by <> '');

DROP VIEW 得分汇总;
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
