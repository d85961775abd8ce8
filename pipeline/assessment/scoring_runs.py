"""What ``kaohe score`` does: collects answers, scores, stores, compares, ranks, shows what can be lost."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from kaohe.pipeline.assessment.answers.answer_files import Filled, read_answers_of
from kaohe.pipeline.assessment.answers.answer_log import record_of_line
from kaohe.pipeline.assessment.answers.application import Scored, score_notice
from kaohe.pipeline.assessment.answers.submission import Submission, find_notice, record_of, submit
from kaohe.pipeline.assessment.returned_sheets import put_together, stored_answers
from kaohe.pipeline.assessment.score_comparison import between, ranking
from kaohe.pipeline.assessment.score_report import as_json as told_of
from kaohe.pipeline.assessment.score_report import as_text, summary
from kaohe.pipeline.database.schema import open_to_read
from kaohe.pipeline.decisions.decision import now
from kaohe.pipeline.decisions.force import score_into_force
from kaohe.pipeline.language.json_answers import json_answer
from kaohe.pipeline.language.terms import plain, shortened
from kaohe.pipeline.refusal import Refusal

Rounding = Literal['down', 'up', 'none']
_SHEETS = ('.xlsx', '.xlsm', '.csv', '.json')


@dataclass(frozen=True, slots=True)
class CollectedAnswers:
    """What came of the answers: for people, for programs, and a sentence for each answer that was refused."""

    text: str
    told: dict[str, object]
    refused: tuple[str, ...]


def collect(
    db: Path, decisions: Path, answers: Path, wanted: str | None, assessed: str | None, period: str | None, by: str, rounding: Rounding | None
) -> CollectedAnswers:  # fmt: skip
    """Scores and stores the answers of a file, or of every sheet in a folder. Raises `Refusal`."""
    if answers.is_dir():
        if assessed is not None:
            raise Refusal('文件夹里的自评表各按表上写的单位算，不能再写 --assessed；请去掉，或一份一份算', 2)
        return _folder(db, decisions, answers, wanted, period, by, rounding)
    return collect_filled(db, decisions, read_answers_of(answers), wanted, assessed, period, by, rounding)


def collect_filled(
    db: Path, decisions: Path, filled: Filled, wanted: str | None, assessed: str | None, period: str | None, by: str, rounding: Rounding | None
) -> CollectedAnswers:  # fmt: skip
    """Scores and stores answers that were read already. Raises `Refusal`."""
    with closing(open_to_read(db)) as connection:
        submission = submit(connection, filled, wanted, assessed, period)
        scored = score_notice(connection, submission.document, submission.values, rounding, submission.assessed)
        record = record_of(connection, submission, now(), by, None, rounding)
        text = _head(submission) + as_text(connection, scored) + summary(scored) + '\n'
        told = told_of(connection, scored)
    score_into_force(db, decisions, [record])
    told |= {
        'notice': submission.document,
        'assessed': submission.assessed,
        'period': submission.period,
        'filled_by': submission.filled_by,
        'refused': list(submission.refused),
    }
    return CollectedAnswers(text, told, submission.refused)


def _head(submission: Submission) -> str:
    about = '，'.join(part for part in (submission.assessed, submission.period) if part)
    return f'{plain(submission.title)}{f"（{plain(about)}）" if about else ""}：收到 {len(submission.values)} 个答案\n'


def _folder(
    db: Path, decisions: Path, folder: Path, wanted: str | None, period: str | None, by: str, rounding: Rounding | None
) -> CollectedAnswers:
    files = sorted(
        path for path in folder.iterdir() if path.suffix.lower() in _SHEETS and not path.name.startswith(('~', '.'))
    )
    if not files:
        raise Refusal(f'{folder} 里没有自评表（xlsx、csv、json）', 2)
    refused: list[str] = []
    submissions: list[Submission] = []
    at = now()
    with closing(open_to_read(db)) as connection:
        for file in files:
            try:
                filled = read_answers_of(file)
                submission = submit(connection, filled, wanted, filled.assessed or file.stem, period)
            except Refusal as why:
                refused.append(str(why))
                continue
            submissions.append(submission)
            refused += [f'{file.name} {line}' for line in submission.refused]
        records = [record_of(connection, one, at, by, None, rounding) for one in submissions]
        lines: list[str] = []
        told: list[dict[str, object]] = []
        for document in dict.fromkeys(one.document for one in submissions):
            of_one = [one for one in submissions if one.document == document]
            text, found = _together(connection, document, of_one, rounding)
            lines.append(text)
            told.append(found)
    if records:
        score_into_force(db, decisions, records)
    return CollectedAnswers('\n'.join(lines), {'notices': told, 'refused': refused}, tuple(refused))


def _together(
    connection: sqlite3.Connection, document: str, submissions: Sequence[Submission], rounding: Rounding | None
) -> tuple[str, dict[str, object]]:
    """All sheets of one notice as one: who sent, who did not, where two disagree, and the score of what they agree on."""
    back = put_together(connection, document, {one.assessed or one.source: one.values for one in submissions})
    scored = score_notice(connection, document, back.agreed, rounding)
    said = [
        f'{plain(submissions[0].title)}：收到 {len(submissions)} 份自评表（{"、".join(plain(name) for name in back.sent)}）'
    ]
    if back.missing:
        said.append(f'还没有交的：{"、".join(plain(name) for name in back.missing)}')
    for one in back.disputes:
        values = '，'.join(f'{plain(who)}填“{plain(value)}”' for who, value in one.told)
        said.append(
            f'说法不一：{plain(shortened(one.question, 60))}——{values}；这一题暂按没有答算，请商定后改好表再算一次'
        )
    found = told_of(connection, scored) | {
        'notice': document,
        'sent': list(back.sent),
        'missing': list(back.missing),
        'disputed': [{'input_id': one.input, 'answers': dict(one.told)} for one in back.disputes],
    }
    return '\n'.join(said) + '\n' + as_text(connection, scored) + summary(scored) + '\n', found


def stored(db: Path, wanted: str, assessed: str | None, period: str | None, *, as_json: bool) -> str:
    """What is stored of a unit about a notice, scored as it stands now. Raises `Refusal` where nothing is, or more than one."""
    with closing(open_to_read(db)) as connection:
        document, title = find_notice(connection, wanted)
        kept = connection.execute(
            'SELECT * FROM assessments WHERE document_id = :document ORDER BY assessed, period', {'document': document}
        ).fetchall()
        rows = [row for row in kept if assessed in (None, row['assessed']) and period in (None, row['period'])]
        if len(rows) != 1:
            asked = ' '.join(part for part in (assessed, period) if part)
            which = '、'.join(
                f'“{" ".join(part for part in (row["assessed"], row["period"]) if part)}”' for row in (rows or kept)[:8]
            )
            raise Refusal(
                f'“{plain(asked)}”对应存下的 {len(rows)} 次评分：{plain(which)}；请把 --assessed 单位 和 --period 考核期 都写上'
                if rows
                else f'“{plain(title)}”没有存下“{plain(asked)}”的答案；存下的有：{plain(which) or "（还没有）"}。要看每条最多能失几分，不写 --assessed 和 --period',
                2,
            )
        values = stored_answers(connection, rows[0]['id'])
        last = record_of_line(json.loads(rows[0]['records'])[-1]) if rows[0]['records'] else None
        rounding = cast(Rounding | None, last.rounding) if last else None
        scored = score_notice(connection, document, values, rounding, rows[0]['assessed'])
        if as_json:
            told = told_of(connection, scored) | {name: rows[0][name] for name in ('assessed', 'period', 'filled_by')}
            return json_answer('score', told | {'notice': document, 'refused': []}) + '\n'
        about = '，'.join(part for part in (rows[0]['assessed'], rows[0]['period']) if part)
        who = f'填表人 {plain(rows[0]["filled_by"])}，' if rows[0]['filled_by'] else ''
        head = f'{plain(title)}（{plain(about)}）：存下的 {len(values)} 个答案，{who}{plain(rows[0]["made_by"])} {rows[0]["made_on"]} 填\n'
        return head + as_text(connection, scored) + summary(scored) + '\n'


def limits(db: Path, wanted: str, *, as_json: bool) -> str:
    """What each line of a notice can come to, and what it takes to compute it."""
    with closing(open_to_read(db)) as connection:
        document, title = find_notice(connection, wanted)
        scored = score_notice(connection, document, {})
        if as_json:
            return json_answer('score-limits', told_of(connection, scored) | {'computable': _computable(scored)}) + '\n'
        share = _computable(scored)
        rows = connection.execute(
            'SELECT 风险, 指标, 分值, 最多失分 FROM 风险清单 WHERE 通知编号 = ? LIMIT 20', (document,)
        ).fetchall()
        risks = ''.join(
            f'  {row["风险"]}：{plain(shortened(row["指标"] or "", 44))}（{row["分值"] if row["分值"] is not None else "—"} 分）\n'
            for row in rows
        )
        return (
            f'{plain(title)}\n{as_text(connection, scored)}不需要人判断就能算的：{share["lines"]} 条里有 {share["computable_lines"]} 条\n'
            f'最要紧的（否决、一项不合格全失、降档在前）：\n{risks}'
        )


def _computable(scored: Scored) -> dict[str, int]:
    return {'lines': len(scored.rules), 'computable_lines': sum(rule.computable for rule in scored.rules)}


def compared(db: Path, pair: tuple[str, str], wanted: str | None, assessed: str | None, *, as_json: bool) -> str:
    """Two stored assessments (of this unit) side by side, the biggest differences first. Raises `Refusal`."""
    with closing(open_to_read(db)) as connection:
        document = find_notice(connection, wanted)[0] if wanted else None
        return between(connection, pair, document, assessed, as_json=as_json)


def ranked(db: Path, wanted: str | None, period: str | None, *, as_json: bool) -> str:
    """The assessed units of a notice in the order of their scores. Raises `Refusal`."""
    with closing(open_to_read(db)) as connection:
        document = find_notice(connection, wanted)[0] if wanted else None
        return ranking(connection, document, period, as_json=as_json)


def from_report(
    db: Path, decisions: Path, wanted: str | None, report: str, assessed: str | None, period: str | None, by: str, *, accept: bool, as_json: bool
) -> str:  # fmt: skip
    """Figures of a report as answers: proposed, and taken only with ``accept``. Raises `Refusal`."""
    from kaohe.pipeline.assessment.report_answers import proposals_json, proposals_text, propose, submission_of

    if wanted is None:
        raise Refusal('请写 --notice 通知：总结里的数字要和哪份通知对', 2)
    with closing(open_to_read(db)) as connection:
        document, title = find_notice(connection, wanted)
        source, _ = find_notice(connection, report)
        found = propose(connection, document, source)
        told = proposals_json(found) if as_json else proposals_text(title, found)
        if not accept or not found:
            return told
        record = record_of(
            connection, submission_of(document, title, assessed, period, found), now(), by, '取自工作总结', adds=True
        )
    score_into_force(db, decisions, [record])
    return told + ('' if as_json else f'已存下 {len(record.answers)} 个答案\n')
