'use strict';
// The pages work without this where they only show; what moves, stores or reads along is done here.
const main = document.getElementById('main');
const dialog = document.getElementById('dialog');

function toast(text, bad = false) {
  const box = document.getElementById('toast');
  box.textContent = text;
  box.className = bad ? 'shown bad' : 'shown';
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => { box.className = ''; }, bad ? 9000 : 4000);
}
// What was done is said on the page that shows it, which comes anew.
function sayNext(text) { sessionStorage.setItem('kaohe-said', text); }
if (sessionStorage.getItem('kaohe-said')) { toast(sessionStorage.getItem('kaohe-said')); sessionStorage.removeItem('kaohe-said'); }
// While something is being stored the page takes nothing else: it comes anew in a moment, and what was begun on it would be lost.
function atWork(yes) { document.body.inert = yes; if (yes) toast('正在存…'); }

async function post(address, body) {
  try {
    const answer = await fetch(address, { method: 'POST', headers: { 'Content-Type': 'application/json', Accept: 'application/json' }, body: JSON.stringify(body) });
    return { status: answer.status, told: await answer.json() };
  } catch {
    return { status: 0, told: { why: '和程序断开了；请看看程序的窗口还开着没有，再试一次' } };
  }
}

// ---- who decides: asked once ----
const who = document.getElementById('who');
function name() { return who ? localStorage.getItem('kaohe-name') || '' : '.'; }
function askName() {
  const told = prompt('请写您的姓名，更正和签字时会记下：', name() === '.' ? '' : name());
  if (told !== null) localStorage.setItem('kaohe-name', told.trim());
  showName();
  return name();
}
function showName() { if (who) who.querySelector('b').textContent = name() || '（没有写）'; }
if (who) { showName(); who.addEventListener('click', askName); }
function by() { return name() || askName(); }

// ---- 收件 ----
const drop = document.getElementById('drop');
if (drop) {
  const progress = document.getElementById('progress');
  // What is small does not wait for what takes long: two ways in for small files, one for large ones.
  const LARGE = 2 << 20;
  const queues = [[], []];
  const busy = [0, 0];
  const add = (path, file) => queues[file.size > LARGE ? 1 : 0].push([path, file]);
  const put = () => { for (const at of [0, 0, 1]) if (busy[at] < (at ? 1 : 2)) send(at); };
  const send = async (at) => {
    busy[at] += 1;
    while (queues[at].length) {
      const [path, file] = queues[at].shift();
      const line = document.createElement('li');
      line.textContent = `正在放入 ${path} …`;
      progress.prepend(line);
      while (progress.children.length > 200) progress.lastChild.remove();
      try {
        const answer = await fetch('/upload', { method: 'POST', headers: { 'X-Name': encodeURIComponent(path), Accept: 'application/json' }, body: file });
        const told = await answer.json();
        if (!answer.ok) throw new Error(told.why);
        const lines = told.results.reduce((sum, one) => sum + one.lines, 0);
        const failed = told.results.filter((one) => one.status === 'failed').length;
        line.textContent = `${told.source}：${told.known ? '已经在收件夹里' : '已存进收件夹'}，${failed ? '没有读入，原因见下面' : `读到 ${lines} 条`}`;
        line.className = failed ? 'why' : 'fine';
        refresh();
      } catch (error) {
        line.textContent = `${path}：${error.message || '没有放入，请再试一次'}`;
        line.className = 'why';
      }
    }
    busy[at] -= 1;
  };
  const take = (files) => { for (const file of files) add(file.webkitRelativePath || file.name, file); put(); };
  const walk = async (entry, prefix) => {
    if (entry.isFile) {
      const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
      add(prefix + file.name, file);
      return;
    }
    const reader = entry.createReader();
    for (;;) {
      const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
      if (!some.length) return;
      for (const inner of some) await walk(inner, `${prefix}${entry.name}/`);
    }
  };
  document.getElementById('files').addEventListener('change', (event) => take(event.target.files));
  document.getElementById('folder').addEventListener('change', (event) => take(event.target.files));
  for (const kind of ['dragover', 'dragenter']) document.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.add('over'); });
  document.addEventListener('dragleave', (event) => { if (!event.relatedTarget) drop.classList.remove('over'); });
  document.addEventListener('drop', async (event) => {
    event.preventDefault();
    drop.classList.remove('over');
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry()).filter(Boolean);
    try { for (const entry of entries) await walk(entry, ''); } catch { toast('有的文件读不到，没有放入；请再拖一次', true); }
    put();
  });
  const list = document.getElementById('list');
  const refresh = async () => {
    const answer = await fetch(`/notices${location.search}`);
    if (answer.ok) list.innerHTML = await answer.text();
  };
  setInterval(async () => {
    try {
      const told = await (await fetch('/state', { headers: { Accept: 'application/json' } })).json();
      if (String(told.version) !== list.dataset.version) { list.dataset.version = told.version; refresh(); }
    } catch { /* the program is not running just now: the next look will tell */ }
  }, 1500);
}

// ---- 核对 ----
if (main.classList.contains('review')) {
  const notice = `/notice/${main.dataset.document}`;
  const source = document.querySelector('.source');
  const doubts = () => [...document.querySelectorAll('[data-doubt]')].filter((one) => one.dataset.severity !== 'info' && !one.classList.contains('settled'));
  const covers = (cell, at) => cell.dataset.t === at.t && Number(cell.dataset.r) <= at.e && Number(cell.dataset.e) >= at.r;
  const shownDoubt = () => document.querySelector('.read-side [data-doubt].here');

  // Only the left side moves: where it lies above the right one, the page stays with what is read.
  const centre = (target) => {
    const [pane, box] = [source.getBoundingClientRect(), target.getBoundingClientRect()];
    source.scrollTop += box.top - pane.top - Math.max(0, (pane.height - box.height) / 2);
  };
  const light = (element, move = true) => {
    document.querySelectorAll('.here').forEach((one) => one.classList.remove('here'));
    const card = element.closest('.card') || element;
    element.classList.add('here');
    card.classList.add('here');
    const at = { t: card.dataset.t, r: Number(card.dataset.r ?? -1), e: Number(card.dataset.e ?? -1) };
    const cells = at.r < 0 ? [] : [...source.querySelectorAll('.cell')].filter((cell) => covers(cell, at));
    cells.forEach((cell) => cell.classList.add('here'));
    const target = cells.find((cell) => Number(cell.dataset.r) >= at.r) || cells[0] || (card.dataset.page && document.getElementById(`page${card.dataset.page}`));
    if (move && target) centre(target);
  };
  const count = () => { document.getElementById('open').textContent = doubts().length; };
  const show = (place) => {
    place.scrollIntoView({ block: 'center' });
    place.focus({ preventScroll: true });
    light(place);
  };
  // The next place from where one is, be that place open, settled just now, or a line.
  const go = (step) => {
    count();
    const all = doubts();
    if (!all.length) { toast('没有待核对的了，可以签字'); return; }
    const at = shownDoubt() || document.querySelector('.card.here');
    const after = at && all.filter((one) => one !== at && Boolean(at.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING) === (step > 0));
    const near = after && after[step > 0 ? 0 : after.length - 1];
    show(near || all[step > 0 ? 0 : all.length - 1]);
  };
  source.addEventListener('click', (event) => {
    const cell = event.target.closest('.cell');
    if (!cell) return;
    const rows = [...document.querySelectorAll('.card')].filter((card) => card.dataset.t === cell.dataset.t && Number(card.dataset.r) <= Number(cell.dataset.e) && Number(card.dataset.e) >= Number(cell.dataset.r));
    if (rows.length) { rows[0].scrollIntoView({ block: 'center' }); light(rows[0], false); }
  });
  document.querySelector('.read-side').addEventListener('click', (event) => {
    const place = event.target.closest('.doubt, .card');
    if (place && !event.target.closest('button')) light(place);
  });
  // whoever goes from place to place with Tab sees the page beside it too
  document.querySelector('.read-side').addEventListener('focusin', (event) => {
    if (event.target.matches('.doubt, .card') && !event.target.classList.contains('here')) light(event.target);
  });

  const here = () => (shownDoubt() || document.querySelector('.card.here'))?.id;
  const reload = (at = here()) => {
    if (at) sessionStorage.setItem('kaohe-at', at);
    location.reload();
  };
  // where what was stored from this page was done, the last one at the end: taking it back leads there again
  const deedsAt = `kaohe-did ${notice}`;
  const done = () => JSON.parse(sessionStorage.getItem(deedsAt) || '[]');
  const noteDone = (at) => sessionStorage.setItem(deedsAt, JSON.stringify([...done(), at || null]));
  const takeBack = () => {
    const all = done();
    const at = all.pop();
    sessionStorage.setItem(deedsAt, JSON.stringify(all));
    return at || undefined;
  };
  // what is stored was looked at before, with what is out of the ordinary in it
  const ask = async (steps, why, store, settles = []) => post(`${notice}/decide`, { steps, by: by(), seen: main.dataset.seen, why: why || null, store, sure: store, settles });
  const effect = (told) => [...told.says, ...told.unusual.map((one) => `？ ${one}，请核对是不是笔误`), ...(told.sums.length ? ['', ...told.sums] : [])].join('\n');
  const stored = async (steps, why, settles) => {
    let { status, told } = await ask(steps, why, true, settles);
    if (status === 409) {
      main.dataset.seen = told.seen;
      if (!confirm(`刚才有人改过这份通知：\n${told.overtaken.join('\n')}\n\n仍要存下您的改动吗？`)) { toast('没有存', true); return false; }
      ({ status, told } = await ask(steps, why, true, settles));
    }
    if (status !== 200) { toast(told.why, true); return false; }
    sayNext(`已存下：\n${effect(told)}`);
    noteDone(here());
    return true;
  };
  const store = async (steps, why, settles) => {
    atWork(true);
    if (await stored(steps, why, settles)) reload();
    else atWork(false);
  };
  const sure = async (steps, why) => {
    const { status, told } = await ask(steps, why, false);
    if (status !== 200) { toast(told.why, true); return; }
    if (confirm(`${effect(told)}\n\n存下吗？`)) store(steps, why);
  };

  // ``doubt`` is the doubtful place that was being looked at: what is corrected now is most likely that
  const open = async (owner, row, add, doubt) => {
    if (!by()) return;
    const answer = await fetch(`${notice}/form?owner=${owner}&row=${row}${add ? '&add=1' : ''}`, { headers: { Accept: 'text/html' } });
    if (!answer.ok) { toast('这一行已经不在了，请刷新页面', true); return; }
    dialog.innerHTML = await answer.text();
    const form = dialog.querySelector('form');
    const began = Object.fromEntries(new FormData(form));
    const settling = [...form.querySelectorAll('[data-settles]')];
    for (const box of settling) box.checked = Boolean(doubt) && box.dataset.settles === doubt.dataset.doubt;
    const said = form.querySelector('.effect');
    const button = form.querySelector('button.primary');
    let ready = false;
    form.addEventListener('input', () => { ready = false; button.textContent = '看看会怎样'; said.textContent = ''; });
    form.querySelector('[data-close]').addEventListener('click', () => dialog.close());
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      const now = Object.fromEntries(new FormData(form));
      const values = form.dataset.do === 'add' ? now : Object.fromEntries(Object.entries(now).filter(([key, value]) => value !== began[key]));
      const steps = [{ do: form.dataset.do, owner, row: form.dataset.row, values }];
      const why = form.querySelector('[data-why]').value;
      const settles = settling.filter((box) => box.checked).map((box) => box.dataset.settles);
      if (ready) { dialog.close(); store(steps, why, settles); return; }
      const { status, told } = await ask(steps, why, false, settles);
      said.className = status === 200 ? 'effect' : 'effect why';
      said.textContent = status === 200 ? effect(told) : told.why;
      ready = status === 200;
      button.textContent = ready ? '存下' : '看看会怎样';
    });
    dialog.showModal();
  };
  const values = async (row) => {
    const answer = await fetch(`${notice}/form?owner=indicators&row=${row}`, { headers: { Accept: 'text/html' } });
    const box = document.createElement('div');
    box.innerHTML = await answer.text();
    return Object.fromEntries(new FormData(box.querySelector('form')));
  };
  const table = (card) => card.closest('.read-side') && [...document.querySelectorAll('[data-add][data-form=indicators]')].filter((one) => one.compareDocumentPosition(card) & Node.DOCUMENT_POSITION_FOLLOWING).pop().dataset.row;
  const split = async (row) => {
    const card = document.getElementById(`l${row}`);
    const now = await values(row);
    const field = now.criteria ? 'criteria' : 'requirement';
    const parts = (now[field] || '').split(/(?<=[\n。；;])/).filter((part) => part.trim());
    if (parts.length < 2) { toast('这一条只有一句，拆不开；可以点“补一条”，再把这一条改短', true); return; }
    const asked = prompt(`在第几句之后拆开？\n\n${parts.map((part, i) => `${i + 1}. ${part.trim()}`).join('\n')}`, '1');
    if (asked === null) return;
    const at = Number(asked);
    if (!Number.isInteger(at) || at < 1 || at >= parts.length) { toast(`没有拆开：要写 1 到 ${parts.length - 1} 之间的一个数`, true); return; }
    const points = prompt(`前一半几分、后一半几分？（原来${now.points ? ` ${now.points} 分` : '没有分值'}）用空格隔开；不知道就空着`, '');
    if (points === null) return;
    const [first, second] = points.trim().split(/\s+/);
    sure([
      { do: 'correct', owner: 'indicators', row, values: { dropped: '是' } },
      { do: 'add', owner: 'indicators', row: table(card), values: { ...now, [field]: parts.slice(0, at).join('').trim(), points: first || '' } },
      { do: 'add', owner: 'indicators', row: table(card), values: { ...now, [field]: parts.slice(at).join('').trim(), points: second || '' } },
    ], '拆成两条');
  };
  const join = async (row) => {
    const cards = [...document.querySelectorAll('.card')];
    const next = cards[cards.findIndex((card) => card.dataset.line === row) + 1];
    if (!next) { toast('后面没有别的指标', true); return; }
    const own = cards.find((card) => card.dataset.line === row);
    if (next.dataset.t !== own.dataset.t && !confirm('下一条在另一张表里（一条被分页切开时会这样）。并好以后它归在那一张表，两张表的合计都会变。仍要并吗？')) return;
    const [one, other] = [await values(row), await values(next.dataset.line)];
    const both = (key) => [one[key], other[key]].filter(Boolean).join('\n');
    const sum = one.points && other.points ? String(Math.round((Number(one.points) + Number(other.points)) * 1e6) / 1e6) : other.points || one.points;
    sure([
      { do: 'correct', owner: 'indicators', row, values: { dropped: '是' } },
      { do: 'correct', owner: 'indicators', row: next.dataset.line, values: { name: both('name'), requirement: both('requirement'), criteria: both('criteria'), points: sum } },
    ], '两条并成一条');
  };
  const tick = async (findings, remark, undo, right = false) => {
    const { status, told } = await post(`${notice}/tick`, { findings, by: by(), remark, undo, right, seen: main.dataset.seen });
    if (status !== 200) { toast(told.why, true); return null; }
    if (told.seen !== null) main.dataset.seen = told.seen;
    return told;
  };
  const checked = (card) => {
    if (card.querySelector('.checked')) return;
    const line = document.createElement('p');
    line.className = 'fine checked';
    line.textContent = `${who ? by() : ''} 核对过`;
    card.append(line);
  };
  // Each doubt is a step of its own: what is right is said of the one that is shown, or of a line that has none.
  let settling = false;
  const right = async () => {
    if (settling) return;
    settling = true;
    try { await settle(); } finally { settling = false; }
  };
  const settle = async () => {
    const doubt = shownDoubt();
    const card = document.querySelector('.read-side .card.here');
    if (!doubt && !card) { go(1); return; }
    if (doubt && doubt.classList.contains('settled')) { go(1); return; }
    if (!doubt && doubts().some((one) => card.contains(one))) { show(doubts().find((one) => card.contains(one))); return; }
    if (!by()) return;
    if (doubt) {
      const told = await tick([doubt.dataset.doubt], '没有读错', false, true);
      if (!told) return;
      doubt.classList.add('settled');
      noteDone(doubt.id);
      const said = document.createElement('span');
      said.className = 'fine';
      said.textContent = `已处理：${told.says[0]}`;
      doubt.querySelector('.ticks')?.replaceWith(said);
      Object.assign(doubt.querySelector('.badge'), { className: 'badge done', textContent: '已处理' });
      if (told.line && card) checked(card);
    } else {
      const day = new Date().toLocaleDateString('sv'); // the day on the wall
      const { status, told } = await ask([{ do: 'correct', owner: 'indicators', row: card.dataset.line, values: { checked_by: by(), checked_on: day } }], null, true);
      if (status !== 200 && told.why !== '没有改动') { toast(told.why || '刚才有人改过这份通知，请刷新', true); return; }
      if (told.seen) main.dataset.seen = told.seen;
      noteDone(card.id);
      checked(card);
    }
    go(1);
  };
  const edit = () => { const card = document.querySelector('.card.here'); if (card) open('indicators', card.dataset.line, false, shownDoubt()); else toast(document.querySelector('.alone > .here') ? '这一处说的是整张表：请点要改的那一条，再按 e' : '先按 n 或点一条', true); };
  const undo = async () => {
    if (!by()) return;
    atWork(true);
    let { status, told } = await post(`${notice}/undo`, { by: by(), seen: main.dataset.seen });
    const others = status === 409;
    if (others) {
      if (!confirm(`刚才有人改过这份通知：\n${told.overtaken.join('\n')}\n\n要撤回的是：\n${told.takes.join('\n')}\n\n仍要撤回吗？`)) { atWork(false); toast('没有撤回', true); return; }
      ({ status, told } = await post(`${notice}/undo`, { by: by(), seen: told.seen }));
    }
    if (status !== 200) { atWork(false); toast(told.why, true); return; }
    sayNext(`已撤回：\n${told.says.join('\n')}`);
    reload(others ? undefined : takeBack());
  };
  const sign = async () => {
    const left = doubts().length;
    if (!by() || !confirm(left ? `还有 ${left} 处没有核对，仍要签字吗？` : '确认核对完毕，签字？')) return;
    const { status, told } = await post(`${notice}/sign`, { by: by(), seen: main.dataset.seen });
    if (status === 409) {
      sayNext(`没有签字：刚才有人改过这份通知，请看过再签\n${told.overtaken.join('\n')}`);
      reload();
      return;
    }
    if (status !== 200) { toast(told.why, true); return; }
    sayNext(told.says[0]);
    reload();
  };
  const deeds = { next: () => go(1), previous: () => go(-1), right, edit, undo, sign };
  document.addEventListener('click', (event) => {
    const button = event.target.closest('button');
    if (!button) return;
    const told = button.dataset;
    if (told.do && deeds[told.do]) deeds[told.do]();
    else if (told.form) {
      const [card, doubt] = [button.closest('.card'), shownDoubt()];
      if (card) light(card, false);
      open(told.form, told.row, told.add, card && card.contains(doubt) ? doubt : null);
    }
    else if (told.drop) sure([{ do: 'correct', owner: told.owner, row: told.drop, values: { dropped: '是' } }], button.textContent);
    else if (told.tick) {
      light(button.closest('.doubt'), false);
      tick([told.tick], told.undo ? null : button.textContent, Boolean(told.undo)).then((stored) => { if (stored) { noteDone(here()); reload(); } });
    }
    else if (told.split) split(told.split);
    else if (told.join) join(told.join);
  });
  const keys = { n: 'next', p: 'previous', e: 'edit', u: 'undo', Enter: 'right' };
  document.addEventListener('keydown', (event) => {
    if (document.body.inert || dialog.open || event.ctrlKey || event.altKey || event.metaKey || event.target.closest('input, textarea, select, button, a')) return;
    if (keys[event.key]) { event.preventDefault(); deeds[keys[event.key]](); }
  });
  // The cut-outs of a long scan need its pages: each is asked for when it comes into sight.
  const seen = new IntersectionObserver((all) => {
    for (const one of all) {
      if (!one.isIntersecting) continue;
      const image = one.target.querySelector('image');
      image.setAttribute('href', image.dataset.page);
      seen.unobserve(one.target);
    }
  }, { rootMargin: '300px' });
  document.querySelectorAll('.cutout').forEach((one) => seen.observe(one));
  // Pages of a notice of Word are made while its cells are shown already.
  const views = document.getElementById('views');
  const view = (name) => {
    const pages = name === 'pages';
    document.getElementById('laid-out').hidden = !pages;
    document.getElementById('cells').hidden = pages;
    views.querySelectorAll('button').forEach((one) => one.setAttribute('aria-pressed', String(one.dataset.view === name)));
    localStorage.setItem('kaohe-view', name);
  };
  const layOut = async (tries) => {
    const answer = await fetch(`${notice}/pages`, { headers: { Accept: 'application/json' } });
    const told = answer.ok ? await answer.json() : { waiting: false, pages: [] };
    if (told.waiting && tries) { setTimeout(() => layOut(tries - 1), 1000); return; }
    if (!told.pages.length) return;
    const figures = told.pages.map(([width, height], at) => {
      const figure = document.createElement('figure');
      figure.className = 'page';
      const image = Object.assign(document.createElement('img'), { src: `${notice}/page/${at + 1}.png`, width: Math.round(width), height: Math.round(height), alt: `第 ${at + 1} 页`, loading: 'lazy' });
      const caption = document.createElement('figcaption');
      caption.textContent = `第 ${at + 1} 页（由 LibreOffice 排版，换行和分页可能与 Word 里不同）`;
      figure.append(image, caption);
      return figure;
    });
    document.getElementById('laid-out').replaceChildren(...figures);
    views.hidden = false;
    views.addEventListener('click', (event) => { const button = event.target.closest('[data-view]'); if (button) view(button.dataset.view); });
    if (localStorage.getItem('kaohe-view') === 'pages') view('pages');
  };
  if (views) layOut(120).catch(() => {});
  const was = sessionStorage.getItem('kaohe-at');
  sessionStorage.removeItem('kaohe-at');
  const start = (was && document.getElementById(was)) || (location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1))));
  if (start) { start.scrollIntoView({ block: 'center' }); light(start); }
}

// ---- 自评与得分 ----
// Whose answers these are, and of which period: asked where nobody wrote it. Nothing where the person would rather not store.
function askWhose(missing, about) {
  const names = { assessed: '单位（科室、医院）', period: '考核期（如 2025、2025年上半年）' };
  const form = document.createElement('form');
  form.className = 'edit';
  const title = document.createElement('h2');
  title.textContent = `${about}这是谁的、哪一期的自评？`;
  const grid = document.createElement('div');
  grid.className = 'grid';
  for (const key of missing) {
    const label = document.createElement('label');
    label.htmlFor = `whose-${key}`;
    label.textContent = `${names[key]} *`;
    const input = document.createElement('input');
    Object.assign(input, { id: `whose-${key}`, name: key, required: true });
    grid.append(label, input);
  }
  const actions = document.createElement('p');
  actions.className = 'actions';
  const keep = Object.assign(document.createElement('button'), { className: 'primary', textContent: '存下' });
  const leave = Object.assign(document.createElement('button'), { type: 'button', textContent: '先不存' });
  actions.append(keep, ' ', leave);
  form.append(title, grid, actions);
  dialog.replaceChildren(form);
  return new Promise((resolve) => {
    let whose = null;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const told = Object.fromEntries([...new FormData(form)].map(([key, value]) => [key, value.trim()]));
      const empty = missing.find((key) => !told[key]);
      if (empty) { form.elements[empty].value = ''; form.elements[empty].focus(); return; }
      whose = told;
      dialog.close();
    });
    leave.addEventListener('click', () => dialog.close());
    dialog.addEventListener('close', () => resolve(whose), { once: true });
    dialog.showModal();
  });
}
const sheets = document.getElementById('sheets');
if (sheets) {
  const sheetIn = async (file, whose) => {
    const said = Object.fromEntries(Object.entries({ Name: file.name, By: by(), Assessed: whose.assessed || '', Period: whose.period || '' }).map(([key, value]) => [`X-${key}`, encodeURIComponent(value)]));
    const answer = await fetch('/scores/sheets', { method: 'POST', headers: { ...said, Accept: 'application/json' }, body: file });
    return { ok: answer.ok, told: await answer.json() };
  };
  sheets.addEventListener('change', async () => {
    if (!by()) return;
    const progress = document.getElementById('progress');
    let stored = 0;
    for (const file of sheets.files) {
      const line = document.createElement('li');
      try {
        let { ok, told } = await sheetIn(file, {});
        if (!ok && told.missing) {
          const whose = await askWhose(told.missing, `“${file.name}”里没有写：`);
          if (whose) ({ ok, told } = await sheetIn(file, whose));
        }
        if (!ok) throw new Error(told.why);
        stored += 1;
        line.textContent = `${file.name}：已计分（${told.assessed}，${told.period}）${told.refused.length ? `，${told.refused.length} 处用不上：${told.refused.join('；')}` : ''}`;
        line.className = told.refused.length ? 'check' : 'fine';
      } catch (error) {
        line.textContent = `${file.name}：${error.message}`;
        line.className = 'why';
      }
      progress.append(line);
    }
    sheets.value = '';
    if (!stored) return;
    toast(`收下 ${stored} 份`);
    const box = document.createElement('div');
    box.innerHTML = await (await fetch('/scores', { headers: { Accept: 'text/html' } })).text();
    document.getElementById('stored').replaceWith(box.querySelector('#stored'));
  });
}
const taking = document.getElementById('take');
if (taking) {
  taking.addEventListener('click', async () => {
    const inputs = [...document.querySelectorAll('.proposal')].filter((one) => one.querySelector('[value=yes]').checked).map((one) => one.dataset.input);
    if (!by()) return;
    const { report, assessed, period } = taking.dataset;
    const { status, told } = await post(`/scores/${main.dataset.document}/report`, { report, inputs, assessed, period, by: by() });
    toast(status === 200 ? told.says[0] : told.why, status !== 200);
  });
}
if (main.classList.contains('score-form')) {
  const figure = (low, high, score) => (score !== null ? `${score}` : `${low ?? '不限'} ～ ${high ?? '不限'}`);
  const answers = () => Object.fromEntries([...document.querySelectorAll('[data-input]')].filter((one) => one.value.trim() !== '').map((one) => [one.dataset.input, one.value.trim()]));
  const fill = async (store) => {
    const { status, told } = await post(`/scores/${main.dataset.document}/fill`, {
      answers: answers(), assessed: document.getElementById('assessed').value, period: document.getElementById('period').value, by: store ? by() : '', store,
    });
    if (told.missing) {
      const whose = await askWhose(told.missing, '');
      if (!whose) { toast('没有存', true); return; }
      for (const key of told.missing) document.getElementById(key).value = whose[key];
      await fill(true);
      return;
    }
    if (status !== 200) { toast(told.why, true); return; }
    for (const line of told.lines) {
      const card = document.querySelector(`.card[data-line="${line.indicator_id}"]`);
      if (!card) continue;
      card.querySelector('.got').textContent = `得 ${figure(line.low, line.high, line.score)}`;
      card.querySelector('.reasons').textContent = line.reasons.map((one) => one.says).join('；');
    }
    const wholes = told.totals.notice ? [told.totals.notice] : told.totals.tables;
    const said = wholes.map((one) => `${wholes.length > 1 ? `${one.table || '表'}：` : ''}${figure(one.low, one.high, one.score)}（满分 ${one.possible ?? '—'}，还有 ${one.unanswered} 题没有答）`);
    if (said.length) document.getElementById('total').textContent = `得分：${said.join('；')}${told.office ? `　只算${told.office.name}自评表上的 ${told.office.lines} 条` : ''}`;
    document.getElementById('refused').replaceChildren(...told.refused.map((why) => { const line = document.createElement('li'); line.textContent = why; return line; }));
    if (store) toast(`已存下：${told.assessed}，${told.period}`);
  };
  let timer = 0;
  document.addEventListener('input', (event) => { if (event.target.dataset.input) { clearTimeout(timer); timer = setTimeout(() => fill(false), 300); } });
  document.getElementById('keep').addEventListener('click', () => { if (by()) fill(true); });
  fill(false);
}

// ---- 科室 ----
const joining = document.querySelector('[data-join]');
if (joining) {
  const join = async (alias, party) => {
    if (!by()) return;
    atWork(true);
    const { status, told } = await post('/offices/join', { alias, party, by: by() });
    if (status === 200) { sayNext(told.says[0]); location.reload(); } else { atWork(false); toast(told.why, true); }
  };
  joining.addEventListener('submit', (event) => { event.preventDefault(); join(joining.elements.alias.value, joining.elements.party.value); });
  document.addEventListener('click', (event) => {
    const button = event.target.closest('button[data-alias]');
    if (button) join(button.dataset.alias, button.dataset.party);
  });
}

// ---- everywhere ----
// A table that is wider than the screen is moved with the arrow keys too.
const reachTables = () => {
  for (const table of document.querySelectorAll('table.list')) {
    if (table.scrollWidth > table.clientWidth) table.tabIndex = 0;
    else table.removeAttribute('tabindex');
  }
};
reachTables();
addEventListener('resize', reachTables);
document.addEventListener('click', async (event) => {
  const button = event.target.closest('button[data-post], button[data-do=print]');
  if (!button) return;
  if (button.dataset.do === 'print') { print(); return; }
  const said = button.dataset.body;
  if (said && !by()) return;
  const { status, told } = await post(button.dataset.post, said ? { ...JSON.parse(said), by: by() } : {});
  if (said && status === 200) { sayNext(told.says.join('\n')); location.reload(); return; }
  toast(status === 200 ? told.says.join('\n') : told.why, status !== 200);
  const kept = document.querySelector('[data-said]'); // what is worth reading twice stays on the page
  if (kept && status === 200) kept.textContent = told.says.join('\n');
});
