-- Rules and questions of every line, derived with the meaning layer; assessments with their answers and scores, applied from the log of
-- data/decisions/assessments after every run. Lines that people added have rules too, so rules refer to the document alone.

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
) WITHOUT ROWID;

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

-- What categories, tables (category NULL) and the notice (table NULL) come to.
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

CREATE VIEW 得分汇总 AS
SELECT
    a.assessed AS 被考核单位, a.period AS 考核期, d.title AS 通知,
    CASE WHEN x.table_id IS NULL THEN '全部' ELSE t.title END AS 表, coalesce(x.category, '合计') AS 类别,
    x.possible AS 满分, x.score AS 得分, x.low AS 最低, x.high AS 最高, x.bonus AS 加分, x.penalty AS 扣分, x.vetoes AS 一票否决, x.downgrades AS 降档,
    x.unanswered AS 未答, x.grade AS 等次, a.id AS 考核编号
FROM score_totals AS x
    JOIN assessments AS a ON a.id = x.assessment_id
    LEFT JOIN corrected_documents AS d ON d.id = a.document_id
    LEFT JOIN tables AS t ON t.id = x.table_id
ORDER BY a.id, x.ordinal;

CREATE VIEW 失分清单 AS
SELECT 被考核单位, 考核期, 通知, 表, 一级, 序号, 指标, 分值, 得分, 失分, 原因, 牵头科室, 配合科室, 责任处室, 考核编号, 指标编号
FROM 得分明细 WHERE 失分 > 0 ORDER BY 失分 DESC, 考核编号, 指标编号;

-- What can be lost by each line, the gravest first: vetoes, lines that one fault empties, downgrades, then by points.
CREATE VIEW 风险清单 AS
SELECT
    CASE WHEN x.vetoes THEN '一票否决' WHEN x.forfeits THEN '一项不合格全失' WHEN x.downgrades THEN '降低档次' WHEN i.kind = 'penalty' THEN '倒扣分' ELSE '逐项扣分' END AS 风险,
    d.title AS 通知, d.year AS 年度, t.title AS 表, i.level1 AS 一级, i.number AS 序号, coalesce(i.name, i.requirement, i.criteria) AS 指标, i.points AS 分值,
    CASE WHEN i.kind = 'scored' THEN r.ceiling - r.floor WHEN i.kind = 'penalty' THEN NULL END AS 最多失分,
    CASE WHEN i.kind = 'bonus' THEN r.ceiling END AS 最多加分,
    x.forfeits AS 不得分条款, x.vetoes AS 否决条款, x.downgrades AS 降档条款,
    (SELECT group_concat(text, '；') FROM corrected_clauses WHERE indicator_id = i.id AND effect IN ('veto', 'forfeit', 'downgrade') AND NOT dropped) AS 条款原文,
    CASE WHEN r.computable THEN '是' ELSE '否' END AS 可直接计算, r.says AS 算法,
    (SELECT group_concat(party, '、') FROM (SELECT party FROM corrected_responsibilities WHERE indicator_id = i.id AND role = 'lead_department' ORDER BY ordinal)) AS 牵头科室,
    d.id AS 通知编号, i.id AS 指标编号
FROM score_rules AS r
    JOIN corrected_indicators AS i ON i.id = r.indicator_id
    JOIN corrected_documents AS d ON d.id = i.document_id
    LEFT JOIN tables AS t ON t.id = i.table_id
    JOIN (
        SELECT r2.indicator_id,
            (SELECT count(*) FROM corrected_clauses AS c WHERE c.indicator_id = r2.indicator_id AND c.effect = 'veto' AND NOT c.dropped) AS vetoes,
            (SELECT count(*) FROM corrected_clauses AS c WHERE c.indicator_id = r2.indicator_id AND c.effect = 'forfeit' AND NOT c.dropped) AS forfeits,
            (SELECT count(*) FROM corrected_clauses AS c WHERE c.indicator_id = r2.indicator_id AND c.effect = 'downgrade' AND NOT c.dropped) AS downgrades
        FROM score_rules AS r2
    ) AS x ON x.indicator_id = r.indicator_id
WHERE d.edition_of IS NULL AND NOT i.dropped
ORDER BY x.vetoes DESC, x.forfeits > 0 DESC, x.downgrades DESC, 最多失分 DESC, d.id, i.ordinal;
