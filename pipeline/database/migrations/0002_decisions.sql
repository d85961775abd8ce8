-- What people decide, and the views that show the catalogue with their decisions applied.

-- The document that stands for this notice where it arrived more than once; NULL for that document itself.
ALTER TABLE documents ADD COLUMN edition_of TEXT;
CREATE INDEX documents_by_edition ON documents (edition_of);

-- Decisions: kept when notices are replaced or forgotten, so nothing refers to documents.
CREATE TABLE corrections (
    id TEXT NOT NULL PRIMARY KEY,
    decided_at TEXT NOT NULL,
    decided_by TEXT NOT NULL CHECK (decided_by <> ''),
    why TEXT CHECK (why <> ''),
    owner TEXT NOT NULL CHECK (owner IN ('documents', 'indicators', 'clauses', 'thresholds', 'facts')),
    added INTEGER NOT NULL CHECK (added IN (0, 1)),
    notice TEXT NOT NULL CHECK (json_type(notice) = 'object'),
    target TEXT NOT NULL CHECK (json_type(target) = 'object'),
    field TEXT CHECK (field <> ''),
    value TEXT CHECK (json_valid(value)),
    before TEXT CHECK (json_valid(before)),
    state TEXT NOT NULL CHECK (state IN ('applied', 'superseded', 'orphaned', 'waiting')),
    document_id TEXT,
    CHECK ((field IS NULL) = (added = 1))
) WITHOUT ROWID;

CREATE TABLE sign_offs (
    id TEXT NOT NULL PRIMARY KEY,
    decided_at TEXT NOT NULL,
    signed_by TEXT NOT NULL CHECK (signed_by <> ''),
    signed_on TEXT NOT NULL CHECK (signed_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    notice TEXT NOT NULL CHECK (json_type(notice) = 'object'),
    content TEXT NOT NULL CHECK (content <> ''),
    state TEXT NOT NULL CHECK (state IN ('signed', 'superseded', 'changed', 'waiting')),
    document_id TEXT
) WITHOUT ROWID;

-- Corrections as they apply to the rows that are stored now: worked out anew after every run.
CREATE TABLE overlays (
    owner TEXT NOT NULL CHECK (owner IN ('documents', 'indicators', 'clauses', 'thresholds', 'facts')),
    owner_id TEXT NOT NULL,
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    added INTEGER NOT NULL CHECK (added IN (0, 1)),
    corrected INTEGER NOT NULL CHECK (corrected IN (0, 1)),
    changes TEXT NOT NULL CHECK (json_type(changes) = 'object'),
    decided_by TEXT NOT NULL,
    decided_on TEXT NOT NULL,
    PRIMARY KEY (owner, owner_id)
) WITHOUT ROWID;
CREATE INDEX overlays_by_document ON overlays (document_id);

-- The catalogue with corrections applied, every edition, English names. Rows that people struck out stay, with dropped = 1.
CREATE VIEW corrected_documents AS
SELECT
    x.id, x.source, x.format, x.kind, x.pages, x.status, x.message, x.edition_of,
    NOT EXISTS (SELECT 1 FROM sources AS s WHERE s.document_id = x.id AND s.present) AS withdrawn,
    CASE WHEN json_type(o.changes, '$.title') IS NULL THEN x.title ELSE json_extract(o.changes, '$.title') END AS title,
    CASE WHEN json_type(o.changes, '$.issuer') IS NULL THEN x.issuer ELSE json_extract(o.changes, '$.issuer') END AS issuer,
    CASE WHEN json_type(o.changes, '$.doc_number') IS NULL THEN x.doc_number ELSE json_extract(o.changes, '$.doc_number') END AS doc_number,
    CASE WHEN json_type(o.changes, '$.issued_on') IS NULL THEN x.issued_on ELSE json_extract(o.changes, '$.issued_on') END AS issued_on,
    CASE WHEN json_type(o.changes, '$.year') IS NULL THEN x.year ELSE json_extract(o.changes, '$.year') END AS year,
    coalesce(o.corrected, 0) AS corrected, o.decided_by, o.decided_on,
    g.signed_by, g.signed_on, coalesce(g.state, 'unsigned') AS sign_state
FROM documents AS x
    LEFT JOIN overlays AS o ON o.owner = 'documents' AND o.owner_id = x.id
    LEFT JOIN sign_offs AS g ON g.document_id = coalesce(x.edition_of, x.id) AND g.state IN ('signed', 'changed');

CREATE VIEW corrected_indicators AS
SELECT
    x.id, x.key, x.document_id, x.table_id, x.ordinal, x.counts_to_total, x.path, x.row_first, x.row_last, x.page,
    CASE WHEN json_type(o.changes, '$.kind') IS NULL THEN x.kind ELSE json_extract(o.changes, '$.kind') END AS kind,
    CASE WHEN json_type(o.changes, '$.level1') IS NULL THEN x.level1 ELSE json_extract(o.changes, '$.level1') END AS level1,
    CASE WHEN json_type(o.changes, '$.level1_points') IS NULL THEN x.level1_points ELSE json_extract(o.changes, '$.level1_points') END AS level1_points,
    CASE WHEN json_type(o.changes, '$.level2') IS NULL THEN x.level2 ELSE json_extract(o.changes, '$.level2') END AS level2,
    CASE WHEN json_type(o.changes, '$.level2_points') IS NULL THEN x.level2_points ELSE json_extract(o.changes, '$.level2_points') END AS level2_points,
    CASE WHEN json_type(o.changes, '$.number') IS NULL THEN x.number ELSE json_extract(o.changes, '$.number') END AS number,
    CASE WHEN json_type(o.changes, '$.name') IS NULL THEN x.name ELSE json_extract(o.changes, '$.name') END AS name,
    CASE WHEN json_type(o.changes, '$.requirement') IS NULL THEN x.requirement ELSE json_extract(o.changes, '$.requirement') END AS requirement,
    CASE WHEN json_type(o.changes, '$.criteria') IS NULL THEN x.criteria ELSE json_extract(o.changes, '$.criteria') END AS criteria,
    CASE WHEN json_type(o.changes, '$.points') IS NULL THEN x.points ELSE json_extract(o.changes, '$.points') END AS points,
    CASE WHEN json_type(o.changes, '$.points_text') IS NULL THEN x.points_text ELSE json_extract(o.changes, '$.points_text') END AS points_text,
    json_extract(o.changes, '$.checked_by') AS checked_by, json_extract(o.changes, '$.checked_on') AS checked_on,
    coalesce(json_extract(o.changes, '$.dropped'), 0) AS dropped, coalesce(o.corrected, 0) AS corrected, coalesce(o.added, 0) AS added,
    o.decided_by, o.decided_on
FROM indicators AS x LEFT JOIN overlays AS o ON o.owner = 'indicators' AND o.owner_id = x.id
UNION ALL
SELECT
    o.owner_id, NULL, o.document_id, json_extract(o.changes, '$.table_id'), json_extract(o.changes, '$.ordinal'),
    json_extract(o.changes, '$.kind') = 'scored', json_extract(o.changes, '$.path'), NULL, NULL, NULL,
    json_extract(o.changes, '$.kind'),
    json_extract(o.changes, '$.level1'),
    json_extract(o.changes, '$.level1_points'),
    json_extract(o.changes, '$.level2'),
    json_extract(o.changes, '$.level2_points'),
    json_extract(o.changes, '$.number'),
    json_extract(o.changes, '$.name'),
    json_extract(o.changes, '$.requirement'),
    json_extract(o.changes, '$.criteria'),
    json_extract(o.changes, '$.points'),
    json_extract(o.changes, '$.points_text'),
    json_extract(o.changes, '$.checked_by'), json_extract(o.changes, '$.checked_on'),
    coalesce(json_extract(o.changes, '$.dropped'), 0) AS dropped, coalesce(o.corrected, 0) AS corrected, coalesce(o.added, 0) AS added,
    o.decided_by, o.decided_on
FROM overlays AS o WHERE o.owner = 'indicators' AND o.added;

CREATE VIEW corrected_clauses AS
SELECT
    x.id, x.document_id, x.indicator_id, x.block_id, x.table_id, x.ordinal, x.scope, x.field, x.start, x.end, x.item, x.binds, x.rule,
    CASE WHEN json_type(o.changes, '$.text') IS NULL THEN x.text ELSE json_extract(o.changes, '$.text') END AS text,
    CASE WHEN json_type(o.changes, '$.effect') IS NULL THEN x.effect ELSE json_extract(o.changes, '$.effect') END AS effect,
    CASE WHEN json_type(o.changes, '$.points') IS NULL THEN x.points ELSE json_extract(o.changes, '$.points') END AS points,
    CASE WHEN json_type(o.changes, '$.per_quantity') IS NULL THEN x.per_quantity ELSE json_extract(o.changes, '$.per_quantity') END AS per_quantity,
    CASE WHEN json_type(o.changes, '$.per_unit') IS NULL THEN x.per_unit ELSE json_extract(o.changes, '$.per_unit') END AS per_unit,
    CASE WHEN json_type(o.changes, '$.condition') IS NULL THEN x.condition ELSE json_extract(o.changes, '$.condition') END AS condition,
    CASE WHEN json_type(o.changes, '$.cap') IS NULL THEN x.cap ELSE json_extract(o.changes, '$.cap') END AS cap,
    coalesce(json_extract(o.changes, '$.dropped'), 0) AS dropped, coalesce(o.corrected, 0) AS corrected, coalesce(o.added, 0) AS added,
    o.decided_by, o.decided_on
FROM clauses AS x LEFT JOIN overlays AS o ON o.owner = 'clauses' AND o.owner_id = x.id
UNION ALL
SELECT
    o.owner_id, o.document_id, json_extract(o.changes, '$.indicator_id'), NULL, NULL, json_extract(o.changes, '$.ordinal'), 'line',
    json_extract(o.changes, '$.field'), NULL, NULL, NULL, NULL, 'person',
    json_extract(o.changes, '$.text'),
    json_extract(o.changes, '$.effect'),
    json_extract(o.changes, '$.points'),
    json_extract(o.changes, '$.per_quantity'),
    json_extract(o.changes, '$.per_unit'),
    json_extract(o.changes, '$.condition'),
    json_extract(o.changes, '$.cap'),
    coalesce(json_extract(o.changes, '$.dropped'), 0) AS dropped, coalesce(o.corrected, 0) AS corrected, coalesce(o.added, 0) AS added,
    o.decided_by, o.decided_on
FROM overlays AS o WHERE o.owner = 'clauses' AND o.added;

CREATE VIEW corrected_thresholds AS
SELECT
    x.id, x.indicator_id, x.clause_id, x.ordinal, x.field, x.start, x.end, x.rule,
    CASE WHEN json_type(o.changes, '$.text') IS NULL THEN x.text ELSE json_extract(o.changes, '$.text') END AS text,
    CASE WHEN json_type(o.changes, '$.metric') IS NULL THEN x.metric ELSE json_extract(o.changes, '$.metric') END AS metric,
    CASE WHEN json_type(o.changes, '$.comparator') IS NULL THEN x.comparator ELSE json_extract(o.changes, '$.comparator') END AS comparator,
    CASE WHEN json_type(o.changes, '$.value') IS NULL THEN x.value ELSE json_extract(o.changes, '$.value') END AS value,
    CASE WHEN json_type(o.changes, '$.value_high') IS NULL THEN x.value_high ELSE json_extract(o.changes, '$.value_high') END AS value_high,
    CASE WHEN json_type(o.changes, '$.unit') IS NULL THEN x.unit ELSE json_extract(o.changes, '$.unit') END AS unit,
    CASE WHEN json_type(o.changes, '$.basis') IS NULL THEN x.basis ELSE json_extract(o.changes, '$.basis') END AS basis,
    CASE WHEN json_type(o.changes, '$.period') IS NULL THEN x.period ELSE json_extract(o.changes, '$.period') END AS period,
    coalesce(json_extract(o.changes, '$.dropped'), 0) AS dropped, coalesce(o.corrected, 0) AS corrected, coalesce(o.added, 0) AS added,
    o.decided_by, o.decided_on
FROM thresholds AS x LEFT JOIN overlays AS o ON o.owner = 'thresholds' AND o.owner_id = x.id
UNION ALL
SELECT
    o.owner_id, json_extract(o.changes, '$.indicator_id'), NULL, json_extract(o.changes, '$.ordinal'),
    json_extract(o.changes, '$.field'), NULL, NULL, 'person',
    json_extract(o.changes, '$.text'),
    json_extract(o.changes, '$.metric'),
    json_extract(o.changes, '$.comparator'),
    json_extract(o.changes, '$.value'),
    json_extract(o.changes, '$.value_high'),
    json_extract(o.changes, '$.unit'),
    json_extract(o.changes, '$.basis'),
    json_extract(o.changes, '$.period'),
    coalesce(json_extract(o.changes, '$.dropped'), 0) AS dropped, coalesce(o.corrected, 0) AS corrected, coalesce(o.added, 0) AS added,
    o.decided_by, o.decided_on
FROM overlays AS o WHERE o.owner = 'thresholds' AND o.added;

CREATE VIEW corrected_facts AS
SELECT
    x.id, x.document_id, x.block_id, x.ordinal, x.start, x.end, x.text, x.rule,
    CASE WHEN json_type(o.changes, '$.metric') IS NULL THEN x.metric ELSE json_extract(o.changes, '$.metric') END AS metric,
    CASE WHEN json_type(o.changes, '$.value') IS NULL THEN x.value ELSE json_extract(o.changes, '$.value') END AS value,
    CASE WHEN json_type(o.changes, '$.unit') IS NULL THEN x.unit ELSE json_extract(o.changes, '$.unit') END AS unit,
    CASE WHEN json_type(o.changes, '$.approximate') IS NULL THEN x.approximate ELSE json_extract(o.changes, '$.approximate') END AS approximate,
    CASE WHEN json_type(o.changes, '$.change') IS NULL THEN x.change ELSE json_extract(o.changes, '$.change') END AS change,
    CASE WHEN json_type(o.changes, '$.change_value') IS NULL THEN x.change_value ELSE json_extract(o.changes, '$.change_value') END AS change_value,
    CASE WHEN json_type(o.changes, '$.change_unit') IS NULL THEN x.change_unit ELSE json_extract(o.changes, '$.change_unit') END AS change_unit,
    CASE WHEN json_type(o.changes, '$.basis') IS NULL THEN x.basis ELSE json_extract(o.changes, '$.basis') END AS basis,
    CASE WHEN json_type(o.changes, '$.period') IS NULL THEN x.period ELSE json_extract(o.changes, '$.period') END AS period,
    coalesce(json_extract(o.changes, '$.dropped'), 0) AS dropped, coalesce(o.corrected, 0) AS corrected, coalesce(o.added, 0) AS added,
    o.decided_by, o.decided_on
FROM facts AS x LEFT JOIN overlays AS o ON o.owner = 'facts' AND o.owner_id = x.id;

-- A corrected duty replaces all parties of its role.
CREATE VIEW corrected_responsibilities AS
SELECT r.indicator_id, r.ordinal, r.role, r.party, 0 AS corrected
FROM responsibilities AS r LEFT JOIN overlays AS o ON o.owner = 'indicators' AND o.owner_id = r.indicator_id
WHERE json_type(o.changes, '$.' || r.role) IS NULL
UNION ALL
SELECT o.owner_id, p.key, d.key, p.value, 1
FROM overlays AS o, json_each(o.changes) AS d, json_each(d.value) AS p
WHERE o.owner = 'indicators' AND d.type = 'array' AND d.key <> 'path';

-- For analysts: current editions only, without what people struck out, in Chinese.
CREATE VIEW 指标总表 AS
SELECT
    i.id AS 编号,
    d.title AS 通知, d.issuer AS 发文机关, d.doc_number AS 发文字号, d.year AS 年度, d.source AS 文件,
    t.title AS 表, CASE i.kind WHEN 'scored' THEN '计分' WHEN 'bonus' THEN '加分' WHEN 'penalty' THEN '扣分' WHEN 'downgrade' THEN '降档' END AS 类别, CASE WHEN i.counts_to_total THEN '是' ELSE '否' END AS 计入总分,
    i.level1 AS 一级, i.level1_points AS 一级分值, i.level2 AS 二级, i.level2_points AS 二级分值, i.number AS 序号, i.name AS 名称,
    i.requirement AS 考核内容, i.criteria AS 评分标准, i.points AS 分值, i.points_text AS 分值原文,
    (SELECT group_concat(party, '、') FROM (SELECT party FROM corrected_responsibilities WHERE indicator_id = i.id AND role = 'responsible_office' ORDER BY ordinal)) AS 责任处室,
    (SELECT group_concat(party, '、') FROM (SELECT party FROM corrected_responsibilities WHERE indicator_id = i.id AND role = 'lead_leader' ORDER BY ordinal)) AS 牵头领导,
    (SELECT group_concat(party, '、') FROM (SELECT party FROM corrected_responsibilities WHERE indicator_id = i.id AND role = 'lead_department' ORDER BY ordinal)) AS 牵头科室,
    (SELECT group_concat(party, '、') FROM (SELECT party FROM corrected_responsibilities WHERE indicator_id = i.id AND role = 'supporting_department' ORDER BY ordinal)) AS 配合科室,
    i.page AS 页,
    CASE WHEN i.corrected OR i.added THEN '是' ELSE '否' END AS 是否更正, i.decided_by AS 更正人, i.decided_on AS 更正日期,
    coalesce(i.checked_by, d.signed_by) AS 核对人, coalesce(i.checked_on, d.signed_on) AS 核对日期,
    CASE WHEN i.checked_by IS NOT NULL THEN '已核对' ELSE CASE d.sign_state WHEN 'signed' THEN '已核对' WHEN 'changed' THEN '核对后有变动' WHEN 'unsigned' THEN '未核对' END END AS 核对状态,
    CASE WHEN d.withdrawn THEN '是' ELSE '否' END AS 原件已移走, d.id AS 通知编号
FROM corrected_indicators AS i
    JOIN corrected_documents AS d ON d.id = i.document_id
    LEFT JOIN tables AS t ON t.id = i.table_id
WHERE d.edition_of IS NULL AND NOT i.dropped
ORDER BY d.source, d.id, i.ordinal, i.id;

CREATE VIEW 条款明细 AS
SELECT
    c.id AS 编号, c.indicator_id AS 指标编号,
    d.title AS 通知, d.issuer AS 发文机关, d.doc_number AS 发文字号, d.year AS 年度, d.source AS 文件,
    coalesce(t.title, u.title) AS 表, i.level1 AS 一级, i.level2 AS 二级, i.number AS 序号, coalesce(i.name, i.requirement) AS 指标,
    CASE c.scope WHEN 'line' THEN '本条' WHEN 'category' THEN '本类' WHEN 'table' THEN '全表' WHEN 'notice' THEN '整份通知' END AS 范围, CASE c.field WHEN 'requirement' THEN '考核内容' WHEN 'criteria' THEN '评分标准' WHEN 'name' THEN '名称' WHEN 'points_text' THEN '分值原文' END AS 所在栏,
    c.text AS 条款原文, CASE c.effect WHEN 'award' THEN '得分' WHEN 'deduct' THEN '扣分' WHEN 'bonus' THEN '加分' WHEN 'forfeit' THEN '不得分' WHEN 'full' THEN '得满分' WHEN 'proportional' THEN '按比例' WHEN 'discretionary' THEN '酌情' WHEN 'external' THEN '由他处评分' WHEN 'veto' THEN '一票否决' WHEN 'downgrade' THEN '降档' WHEN 'cap' THEN '上限' WHEN 'choose' THEN '择一' WHEN 'multiply' THEN '加倍' END AS 效果, c.points AS 分值, c.per_quantity AS 每数量, c.per_unit AS 每单位,
    c.condition AS 条件, c.cap AS 最多, c.item AS 小项, c.rule AS 规则, coalesce(i.page, b.page) AS 页,
    CASE WHEN c.corrected OR c.added THEN '是' ELSE '否' END AS 是否更正, c.decided_by AS 更正人, c.decided_on AS 更正日期,
    coalesce(i.checked_by, d.signed_by) AS 核对人, coalesce(i.checked_on, d.signed_on) AS 核对日期,
    CASE WHEN i.checked_by IS NOT NULL THEN '已核对' ELSE CASE d.sign_state WHEN 'signed' THEN '已核对' WHEN 'changed' THEN '核对后有变动' WHEN 'unsigned' THEN '未核对' END END AS 核对状态,
    CASE WHEN d.withdrawn THEN '是' ELSE '否' END AS 原件已移走, d.id AS 通知编号
FROM corrected_clauses AS c
    JOIN corrected_documents AS d ON d.id = c.document_id
    LEFT JOIN corrected_indicators AS i ON i.id = c.indicator_id
    LEFT JOIN tables AS t ON t.id = i.table_id
    LEFT JOIN tables AS u ON u.id = c.table_id
    LEFT JOIN blocks AS b ON b.id = c.block_id
WHERE d.edition_of IS NULL AND NOT c.dropped AND NOT coalesce(i.dropped, 0)
ORDER BY d.source, d.id, c.ordinal, c.id;

CREATE VIEW 目标值 AS
SELECT
    g.id AS 编号, g.indicator_id AS 指标编号,
    d.title AS 通知, d.issuer AS 发文机关, d.doc_number AS 发文字号, d.year AS 年度, d.source AS 文件,
    t.title AS 表, i.level1 AS 一级, i.level2 AS 二级, i.number AS 序号, coalesce(i.name, i.requirement) AS 指标,
    CASE g.field WHEN 'requirement' THEN '考核内容' WHEN 'criteria' THEN '评分标准' WHEN 'name' THEN '名称' WHEN 'points_text' THEN '分值原文' END AS 所在栏, g.text AS 原文, g.metric AS 衡量内容, CASE g.comparator WHEN '>=' THEN '不低于' WHEN '>' THEN '高于' WHEN '<=' THEN '不超过' WHEN '<' THEN '低于' WHEN '=' THEN '等于' WHEN 'between' THEN '介于' END AS 比较, g.value AS 数值,
    g.value_high AS 至, g.unit AS 单位, g.basis AS 对比基础, g.period AS 周期, g.rule AS 规则, i.page AS 页,
    CASE WHEN g.corrected OR g.added THEN '是' ELSE '否' END AS 是否更正, g.decided_by AS 更正人, g.decided_on AS 更正日期,
    coalesce(i.checked_by, d.signed_by) AS 核对人, coalesce(i.checked_on, d.signed_on) AS 核对日期,
    CASE WHEN i.checked_by IS NOT NULL THEN '已核对' ELSE CASE d.sign_state WHEN 'signed' THEN '已核对' WHEN 'changed' THEN '核对后有变动' WHEN 'unsigned' THEN '未核对' END END AS 核对状态,
    CASE WHEN d.withdrawn THEN '是' ELSE '否' END AS 原件已移走, d.id AS 通知编号
FROM corrected_thresholds AS g
    JOIN corrected_indicators AS i ON i.id = g.indicator_id
    JOIN corrected_documents AS d ON d.id = i.document_id
    LEFT JOIN tables AS t ON t.id = i.table_id
WHERE d.edition_of IS NULL AND NOT g.dropped AND NOT i.dropped
ORDER BY d.source, d.id, g.ordinal, g.id;

CREATE VIEW 责任分工 AS
SELECT
    i.id AS 指标编号,
    d.title AS 通知, d.issuer AS 发文机关, d.doc_number AS 发文字号, d.year AS 年度, d.source AS 文件,
    t.title AS 表, i.level1 AS 一级, i.level2 AS 二级, i.number AS 序号, coalesce(i.name, i.requirement) AS 指标, i.points AS 分值,
    CASE r.role WHEN 'responsible_office' THEN '责任处室' WHEN 'lead_leader' THEN '牵头领导' WHEN 'lead_department' THEN '牵头科室' WHEN 'supporting_department' THEN '配合科室' END AS 职责, r.party AS 单位或人员, i.page AS 页,
    CASE WHEN r.corrected THEN '是' ELSE '否' END AS 是否更正,
    coalesce(i.checked_by, d.signed_by) AS 核对人, coalesce(i.checked_on, d.signed_on) AS 核对日期,
    CASE WHEN i.checked_by IS NOT NULL THEN '已核对' ELSE CASE d.sign_state WHEN 'signed' THEN '已核对' WHEN 'changed' THEN '核对后有变动' WHEN 'unsigned' THEN '未核对' END END AS 核对状态,
    CASE WHEN d.withdrawn THEN '是' ELSE '否' END AS 原件已移走, d.id AS 通知编号
FROM corrected_responsibilities AS r
    JOIN corrected_indicators AS i ON i.id = r.indicator_id
    JOIN corrected_documents AS d ON d.id = i.document_id
    LEFT JOIN tables AS t ON t.id = i.table_id
WHERE d.edition_of IS NULL AND NOT i.dropped
ORDER BY d.source, d.id, i.ordinal, i.id, r.role, r.ordinal;

CREATE VIEW 疑点 AS
SELECT
    f.id AS 编号,
    coalesce(d.title, d.source) AS 通知, d.issuer AS 发文机关, d.doc_number AS 发文字号, d.year AS 年度, d.source AS 文件,
    CASE f.severity WHEN 'error' THEN '错误' WHEN 'warning' THEN '警告' WHEN 'info' THEN '提示' END AS 程度, CASE f.about WHEN 'reading' THEN '读取' WHEN 'notice' THEN '通知本身' END AS 关于,
    f.code AS 代码, f.message AS 内容, coalesce(f.page, i.page) AS 页, t.title AS 表, i.number AS 序号, coalesce(i.name, i.requirement) AS 指标,
    f.indicator_id AS 指标编号, f.clause_id AS 条款编号,
    CASE WHEN d.withdrawn THEN '是' ELSE '否' END AS 原件已移走, d.id AS 通知编号
FROM findings AS f
    JOIN corrected_documents AS d ON d.id = f.document_id
    LEFT JOIN corrected_indicators AS i ON i.id = f.indicator_id
    LEFT JOIN tables AS t ON t.id = f.table_id
WHERE d.edition_of IS NULL
ORDER BY d.source, d.id, CASE f.severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, f.ordinal;

CREATE VIEW 事实 AS
SELECT
    f.id AS 编号,
    d.title AS 通知, d.issuer AS 发文机关, d.doc_number AS 发文字号, d.year AS 年度, d.source AS 文件,
    f.text AS 原文, f.metric AS 衡量内容, f.value AS 数值, f.unit AS 单位, CASE WHEN f.approximate THEN '是' ELSE '否' END AS 约数,
    CASE f.change WHEN 'up' THEN '增' WHEN 'down' THEN '减' END AS 增减, f.change_value AS 增减数值, f.change_unit AS 增减单位, f.basis AS 对比基础, f.period AS 期间,
    f.rule AS 规则, b.page AS 页,
    CASE WHEN f.corrected OR f.added THEN '是' ELSE '否' END AS 是否更正, f.decided_by AS 更正人, f.decided_on AS 更正日期,
    d.signed_by AS 核对人, d.signed_on AS 核对日期, CASE d.sign_state WHEN 'signed' THEN '已核对' WHEN 'changed' THEN '核对后有变动' WHEN 'unsigned' THEN '未核对' END AS 核对状态,
    CASE WHEN d.withdrawn THEN '是' ELSE '否' END AS 原件已移走, d.id AS 通知编号
FROM corrected_facts AS f
    JOIN corrected_documents AS d ON d.id = f.document_id
    JOIN blocks AS b ON b.id = f.block_id
WHERE d.edition_of IS NULL AND NOT f.dropped
ORDER BY d.source, d.id, f.ordinal;
