-- Which share, counted from where and which way can be corrected as well: the views hold what people say.
DROP VIEW corrected_clauses;
CREATE VIEW corrected_clauses AS
SELECT
    x.id, x.document_id, x.indicator_id, x.block_id, x.table_id, x.ordinal, x.scope, x.field, x.start, x.end, x.item, x.binds, x.rule,
    x.stable_id, x.former_ids,  x.sign, x.rounding, x.category, x.exceptions, x.decision,
    CASE WHEN json_type(ox.changes, '$.text') IS NULL THEN x.text ELSE json_extract(ox.changes, '$.text') END AS text,
    CASE WHEN json_type(ox.changes, '$.effect') IS NULL THEN x.effect ELSE json_extract(ox.changes, '$.effect') END AS effect,
    CASE WHEN json_type(ox.changes, '$.points') IS NULL THEN x.points ELSE json_extract(ox.changes, '$.points') END AS points,
    CASE WHEN json_type(ox.changes, '$.per_quantity') IS NULL THEN x.per_quantity ELSE json_extract(ox.changes, '$.per_quantity') END AS per_quantity,
    CASE WHEN json_type(ox.changes, '$.per_unit') IS NULL THEN x.per_unit ELSE json_extract(ox.changes, '$.per_unit') END AS per_unit,
    CASE WHEN json_type(ox.changes, '$.condition') IS NULL THEN x.condition ELSE json_extract(ox.changes, '$.condition') END AS condition,
    CASE WHEN json_type(ox.changes, '$.cap') IS NULL THEN x.cap ELSE json_extract(ox.changes, '$.cap') END AS cap,
    CASE WHEN json_type(ox.changes, '$.share') IS NULL THEN x.share ELSE json_extract(ox.changes, '$.share') END AS share, CASE WHEN json_type(ox.changes, '$.base') IS NULL THEN x.base ELSE json_extract(ox.changes, '$.base') END AS base, CASE WHEN json_type(ox.changes, '$.direction') IS NULL THEN x.direction ELSE json_extract(ox.changes, '$.direction') END AS direction,
    coalesce(json_extract(ox.changes, '$.dropped'), 0) AS dropped, coalesce(ox.corrected, 0) AS corrected, x.decision IS NOT NULL AS added,
    ox.decided_by, ox.decided_on
FROM clauses AS x LEFT JOIN overlays AS ox ON ox.owner = 'clauses' AND ox.owner_id = x.id;

DROP VIEW 条款明细;
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
    CASE WHEN json_type(oc.changes, '$.share') IS NULL THEN c.share ELSE json_extract(oc.changes, '$.share') END AS 比例, CASE WHEN json_type(oc.changes, '$.base') IS NULL THEN c.base ELSE json_extract(oc.changes, '$.base') END AS 起算数, CASE CASE WHEN json_type(oc.changes, '$.direction') IS NULL THEN c.direction ELSE json_extract(oc.changes, '$.direction') END WHEN 'below' THEN '低于' WHEN 'above' THEN '高于' END AS 方向, CASE WHEN json_type(oc.changes, '$.condition') IS NULL THEN c.condition ELSE json_extract(oc.changes, '$.condition') END AS 条件, CASE WHEN json_type(oc.changes, '$.cap') IS NULL THEN c.cap ELSE json_extract(oc.changes, '$.cap') END AS 最多, c.binds AS 约束条款, c.exceptions AS 除外,
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
