-- Decisions about whole notices, findings and parties; rows that people added stand beside those that were read; and the views for analysts,
-- which reach the tables by their keys however they are joined: no view holds a UNION or an ORDER BY, which would have it worked out as a whole.

ALTER TABLE documents ADD COLUMN office TEXT CHECK (office <> '');
ALTER TABLE documents ADD COLUMN sample INTEGER NOT NULL DEFAULT 0 CHECK (sample IN (0, 1));
ALTER TABLE documents ADD COLUMN retired INTEGER NOT NULL DEFAULT 0 CHECK (retired IN (0, 1));
ALTER TABLE documents ADD COLUMN in_answers INTEGER NOT NULL DEFAULT 1 CHECK (in_answers IN (0, 1));

ALTER TABLE indicators ADD COLUMN decision TEXT CHECK (decision <> '');
ALTER TABLE clauses ADD COLUMN decision TEXT CHECK (decision <> '');
ALTER TABLE thresholds ADD COLUMN decision TEXT CHECK (decision <> '');
CREATE INDEX indicators_by_decision ON indicators (decision) WHERE decision IS NOT NULL;
CREATE INDEX clauses_by_decision ON clauses (decision) WHERE decision IS NOT NULL;
ALTER TABLE responsibilities ADD COLUMN decision TEXT CHECK (decision <> '');
CREATE INDEX thresholds_by_decision ON thresholds (decision) WHERE decision IS NOT NULL;
CREATE INDEX responsibilities_by_decision ON responsibilities (decision) WHERE decision IS NOT NULL;
DELETE FROM overlays WHERE added;  -- made anew by the next run, from the corrections

-- What a line is about, whatever it gives: by this it is found again in the notices of other years. topic_of() is that of pipeline/database/stable_ids.py.
ALTER TABLE indicators ADD COLUMN topic TEXT CHECK (topic <> '');
UPDATE indicators SET topic = topic_of(name, requirement, criteria);
CREATE INDEX indicators_by_topic ON indicators (document_id, topic);

ALTER TABLE clauses ADD COLUMN category TEXT CHECK (json_type(category) = 'array');
ALTER TABLE clauses ADD COLUMN exceptions TEXT CHECK (json_type(exceptions) = 'array');

ALTER TABLE findings ADD COLUMN state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'ticked', 'outdated'));
ALTER TABLE findings ADD COLUMN remark TEXT CHECK (remark <> '');
ALTER TABLE findings ADD COLUMN ticked_by TEXT CHECK (ticked_by <> '');
ALTER TABLE findings ADD COLUMN ticked_on TEXT CHECK (ticked_on <> '');
ALTER TABLE findings ADD COLUMN decision TEXT CHECK (decision <> '');

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

DROP VIEW 指标总表;
DROP VIEW 条款明细;
DROP VIEW 目标值;
DROP VIEW 责任分工;
DROP VIEW 疑点;
DROP VIEW 事实;
DROP VIEW 全文;
DROP VIEW corrected_responsibilities;
DROP VIEW corrected_facts;
DROP VIEW corrected_thresholds;
DROP VIEW corrected_clauses;
DROP VIEW corrected_indicators;
DROP VIEW corrected_documents;

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

CREATE VIEW corrected_clauses AS
SELECT
    x.id, x.document_id, x.indicator_id, x.block_id, x.table_id, x.ordinal, x.scope, x.field, x.start, x.end, x.item, x.binds, x.rule,
    x.stable_id, x.former_ids, x.share, x.base, x.direction, x.sign, x.rounding, x.category, x.exceptions, x.decision,
    CASE WHEN json_type(ox.changes, '$.text') IS NULL THEN x.text ELSE json_extract(ox.changes, '$.text') END AS text,
    CASE WHEN json_type(ox.changes, '$.effect') IS NULL THEN x.effect ELSE json_extract(ox.changes, '$.effect') END AS effect,
    CASE WHEN json_type(ox.changes, '$.points') IS NULL THEN x.points ELSE json_extract(ox.changes, '$.points') END AS points,
    CASE WHEN json_type(ox.changes, '$.per_quantity') IS NULL THEN x.per_quantity ELSE json_extract(ox.changes, '$.per_quantity') END AS per_quantity,
    CASE WHEN json_type(ox.changes, '$.per_unit') IS NULL THEN x.per_unit ELSE json_extract(ox.changes, '$.per_unit') END AS per_unit,
    CASE WHEN json_type(ox.changes, '$.condition') IS NULL THEN x.condition ELSE json_extract(ox.changes, '$.condition') END AS condition,
    CASE WHEN json_type(ox.changes, '$.cap') IS NULL THEN x.cap ELSE json_extract(ox.changes, '$.cap') END AS cap,
    coalesce(json_extract(ox.changes, '$.dropped'), 0) AS dropped, coalesce(ox.corrected, 0) AS corrected, x.decision IS NOT NULL AS added,
    ox.decided_by, ox.decided_on
FROM clauses AS x LEFT JOIN overlays AS ox ON ox.owner = 'clauses' AND ox.owner_id = x.id;

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

-- A corrected duty replaces all parties of its role.
CREATE VIEW corrected_responsibilities AS
SELECT x.id, x.indicator_id, x.ordinal, x.role, x.party, x.decision IS NOT NULL AS corrected
FROM responsibilities AS x LEFT JOIN overlays AS ox ON ox.owner = 'indicators' AND ox.owner_id = x.indicator_id
WHERE x.decision IS NOT NULL OR json_type(ox.changes, '$.' || x.role) IS NULL;

-- For analysts: what counts in answers, without what people struck out, in Chinese. Sort them by 文件 and 次序.
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

CREATE VIEW 表 AS
SELECT
    t.id AS 编号, t.stable_id AS 稳定编号, CASE WHEN json_type(od.changes, '$.title') IS NULL THEN d.title ELSE json_extract(od.changes, '$.title') END AS 通知, d.office AS 单位, CASE WHEN json_type(od.changes, '$.issuer') IS NULL THEN d.issuer ELSE json_extract(od.changes, '$.issuer') END AS 发文机关,
    CASE WHEN json_type(od.changes, '$.doc_number') IS NULL THEN d.doc_number ELSE json_extract(od.changes, '$.doc_number') END AS 发文字号,
    CASE WHEN json_type(od.changes, '$.year') IS NULL THEN d.year ELSE json_extract(od.changes, '$.year') END AS 年度, d.source AS 文件,
    t.title AS 表, t.ordinal + 1 AS 表序, CASE t.kind WHEN 'scoring' THEN '评分表' WHEN 'articles' THEN '条文评分' WHEN 'form' THEN '表单' WHEN 'list' THEN '清单' END AS 类型, t.total_points AS 印出总分,
    (SELECT count(*) FROM indicators WHERE table_id = t.id) AS 指标数,
    CASE WHEN t.page_first IS NULL THEN NULL WHEN t.page_first = t.page_last THEN '第 ' || t.page_first || ' 页' ELSE '第 ' || t.page_first || '–' || t.page_last || ' 页' END AS 位置,
    t.ordinal AS 次序, CASE WHEN EXISTS (SELECT 1 FROM sources AS s WHERE s.document_id = d.id AND s.present) THEN '否' ELSE '是' END AS 原件已移走, d.id AS 通知编号, d.stable_id AS 通知稳定编号
FROM tables AS t
    JOIN documents AS d ON d.id = t.document_id
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
    c.share AS 比例, CASE WHEN json_type(oc.changes, '$.condition') IS NULL THEN c.condition ELSE json_extract(oc.changes, '$.condition') END AS 条件, CASE WHEN json_type(oc.changes, '$.cap') IS NULL THEN c.cap ELSE json_extract(oc.changes, '$.cap') END AS 最多, c.binds AS 约束条款, c.exceptions AS 除外,
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

-- Where every value stands; ask it for a 编号.
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

-- What changed from one year of an office to the next that it has: lines that came and went, their points, targets and clauses.
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
    )
SELECT
    y.单位, y.年度, y.上年度, '分值' AS 种类, coalesce(n.name, n.requirement, n.criteria) AS 指标, NULL AS 内容,
    CAST((SELECT points FROM corrected_indicators WHERE id = p.id) AS TEXT) AS 上年, CAST((SELECT points FROM corrected_indicators WHERE id = n.id) AS TEXT) AS 本年, d.title AS 通知, t.title AS 表, d.source AS 文件,
    coalesce('第 ' || n.page || ' 页 ', '') || '表 ' || (t.ordinal + 1) || coalesce(' 第 ' || (n.row_first + 1) || ' 行', '') AS 位置,
    n.stable_id AS 稳定编号, p.stable_id AS 上年稳定编号
FROM pairs AS y CROSS JOIN indicators AS n ON n.document_id = y.id
    CROSS JOIN notices AS k ON k.单位 = y.单位 AND k.年度 = y.上年度 CROSS JOIN indicators AS p ON p.document_id = k.id AND p.topic = n.topic
    JOIN documents AS d ON d.id = n.document_id
    JOIN tables AS t ON t.id = n.table_id
WHERE (SELECT points FROM corrected_indicators WHERE id = p.id) IS NOT (SELECT points FROM corrected_indicators WHERE id = n.id) AND p.level1 IS n.level1
UNION ALL
SELECT
    y.单位, y.年度, y.上年度, '新增指标' AS 种类, coalesce(n.name, n.requirement, n.criteria) AS 指标, NULL AS 内容,
    NULL AS 上年, CAST((SELECT points FROM corrected_indicators WHERE id = n.id) AS TEXT) AS 本年, d.title AS 通知, t.title AS 表, d.source AS 文件,
    coalesce('第 ' || n.page || ' 页 ', '') || '表 ' || (t.ordinal + 1) || coalesce(' 第 ' || (n.row_first + 1) || ' 行', '') AS 位置,
    n.stable_id AS 稳定编号, NULL AS 上年稳定编号
FROM pairs AS y CROSS JOIN indicators AS n ON n.document_id = y.id
    JOIN documents AS d ON d.id = n.document_id
    JOIN tables AS t ON t.id = n.table_id
WHERE y.上年度 IS NOT NULL AND (SELECT p.id FROM notices AS m JOIN indicators AS p ON p.document_id = m.id AND p.topic = n.topic WHERE m.单位 = y.单位 AND m.年度 = y.上年度 LIMIT 1) IS NULL
UNION ALL
SELECT
    y.单位, y.下年度 AS 年度, y.年度 AS 上年度, '取消指标' AS 种类, coalesce(p.name, p.requirement, p.criteria) AS 指标, NULL AS 内容,
    CAST((SELECT points FROM corrected_indicators WHERE id = p.id) AS TEXT) AS 上年, NULL AS 本年, d.title AS 通知, t.title AS 表, d.source AS 文件,
    coalesce('第 ' || p.page || ' 页 ', '') || '表 ' || (t.ordinal + 1) || coalesce(' 第 ' || (p.row_first + 1) || ' 行', '') AS 位置,
    NULL AS 稳定编号, p.stable_id AS 上年稳定编号
FROM pairs AS y CROSS JOIN indicators AS p ON p.document_id = y.id
    JOIN documents AS d ON d.id = p.document_id
    JOIN tables AS t ON t.id = p.table_id
WHERE y.下年度 IS NOT NULL AND (SELECT n.id FROM notices AS m JOIN indicators AS n ON n.document_id = m.id AND n.topic = p.topic WHERE m.单位 = y.单位 AND m.年度 = y.下年度 LIMIT 1) IS NULL
UNION ALL
SELECT
    y.单位, y.年度, y.上年度, CASE h.kind WHEN 'target' THEN '目标' WHEN 'boundary' THEN '界限' ELSE '目标' END AS 种类, coalesce(n.name, n.requirement, n.criteria) AS 指标, h.metric AS 内容,
    CASE q.comparator WHEN '>=' THEN '不低于' WHEN '>' THEN '高于' WHEN '<=' THEN '不超过' WHEN '<' THEN '低于' WHEN '=' THEN '等于' WHEN 'between' THEN '介于' END || ' ' || CAST(q.value AS TEXT) || coalesce('–' || q.value_high, '') || coalesce(q.unit, '') AS 上年, CASE h.comparator WHEN '>=' THEN '不低于' WHEN '>' THEN '高于' WHEN '<=' THEN '不超过' WHEN '<' THEN '低于' WHEN '=' THEN '等于' WHEN 'between' THEN '介于' END || ' ' || CAST(h.value AS TEXT) || coalesce('–' || h.value_high, '') || coalesce(h.unit, '') AS 本年, d.title AS 通知, t.title AS 表, d.source AS 文件,
    coalesce('第 ' || n.page || ' 页 ', '') || '表 ' || (t.ordinal + 1) || coalesce(' 第 ' || (n.row_first + 1) || ' 行', '') AS 位置,
    h.stable_id AS 稳定编号, q.stable_id AS 上年稳定编号
FROM pairs AS y CROSS JOIN indicators AS n ON n.document_id = y.id
    CROSS JOIN notices AS k ON k.单位 = y.单位 AND k.年度 = y.上年度 CROSS JOIN indicators AS p ON p.document_id = k.id AND p.topic = n.topic
    CROSS JOIN thresholds AS h ON h.indicator_id = n.id CROSS JOIN thresholds AS q ON q.indicator_id = p.id AND q.metric = h.metric AND q.kind IS h.kind AND q.comparator = h.comparator
    JOIN documents AS d ON d.id = n.document_id
    JOIN tables AS t ON t.id = n.table_id
WHERE (q.value <> h.value OR q.value_high IS NOT h.value_high OR q.unit IS NOT h.unit)
UNION ALL
SELECT
    y.单位, y.年度, y.上年度, '条款' AS 种类, coalesce(n.name, n.requirement, n.criteria) AS 指标, c.condition AS 内容,
    CASE q.effect WHEN 'award' THEN '得分' WHEN 'deduct' THEN '扣分' WHEN 'bonus' THEN '加分' WHEN 'forfeit' THEN '不得分' WHEN 'full' THEN '得满分' WHEN 'proportional' THEN '按比例' WHEN 'discretionary' THEN '酌情' WHEN 'external' THEN '由他处评分' WHEN 'veto' THEN '一票否决' WHEN 'downgrade' THEN '降档' WHEN 'cap' THEN '上限' WHEN 'choose' THEN '择一' WHEN 'multiply' THEN '加倍' END || coalesce(' ' || q.points, '') || coalesce('/' || q.per_quantity || coalesce(q.per_unit, ''), '') AS 上年, CASE c.effect WHEN 'award' THEN '得分' WHEN 'deduct' THEN '扣分' WHEN 'bonus' THEN '加分' WHEN 'forfeit' THEN '不得分' WHEN 'full' THEN '得满分' WHEN 'proportional' THEN '按比例' WHEN 'discretionary' THEN '酌情' WHEN 'external' THEN '由他处评分' WHEN 'veto' THEN '一票否决' WHEN 'downgrade' THEN '降档' WHEN 'cap' THEN '上限' WHEN 'choose' THEN '择一' WHEN 'multiply' THEN '加倍' END || coalesce(' ' || c.points, '') || coalesce('/' || c.per_quantity || coalesce(c.per_unit, ''), '') AS 本年, d.title AS 通知, t.title AS 表, d.source AS 文件,
    coalesce('第 ' || n.page || ' 页 ', '') || '表 ' || (t.ordinal + 1) || coalesce(' 第 ' || (n.row_first + 1) || ' 行', '') AS 位置,
    c.stable_id AS 稳定编号, q.stable_id AS 上年稳定编号
FROM pairs AS y CROSS JOIN indicators AS n ON n.document_id = y.id
    CROSS JOIN notices AS k ON k.单位 = y.单位 AND k.年度 = y.上年度 CROSS JOIN indicators AS p ON p.document_id = k.id AND p.topic = n.topic
    CROSS JOIN clauses AS c ON c.indicator_id = n.id CROSS JOIN clauses AS q ON q.indicator_id = p.id AND q.condition = c.condition AND q.effect = c.effect
    JOIN documents AS d ON d.id = n.document_id
    JOIN tables AS t ON t.id = n.table_id
WHERE (q.points IS NOT c.points OR q.per_quantity IS NOT c.per_quantity OR q.per_unit IS NOT c.per_unit);

-- What can be searched, with corrections: a text that a correction replaced does not count, the one in its place does.
ALTER TABLE texts ADD COLUMN decided INTEGER NOT NULL DEFAULT 0 CHECK (decided IN (0, 1));
CREATE INDEX texts_by_decision ON texts (document_id) WHERE decided;
CREATE VIEW 全文 AS
SELECT
    x.id AS 编号,
    CASE WHEN json_type(od.changes, '$.title') IS NULL THEN d.title ELSE json_extract(od.changes, '$.title') END AS 通知, d.office AS 单位, CASE WHEN json_type(od.changes, '$.issuer') IS NULL THEN d.issuer ELSE json_extract(od.changes, '$.issuer') END AS 发文机关,
    CASE WHEN json_type(od.changes, '$.doc_number') IS NULL THEN d.doc_number ELSE json_extract(od.changes, '$.doc_number') END AS 发文字号,
    CASE WHEN json_type(od.changes, '$.year') IS NULL THEN d.year ELSE json_extract(od.changes, '$.year') END AS 年度, d.source AS 文件,
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
    LEFT JOIN tables AS t ON t.id = CASE x.owner WHEN 'cells' THEN x.owner_id ELSE i.table_id END
WHERE d.in_answers AND coalesce(json_extract(oi.changes, '$.dropped'), 0) = 0 AND (x.decided OR json_type(
    oi.changes, '$.' || CASE WHEN instr(x.field, ':') THEN substr(x.field, 1, instr(x.field, ':') - 1) ELSE x.field END
) IS NULL);
