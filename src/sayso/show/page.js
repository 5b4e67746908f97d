// Makes the page handier; nothing in it needs this to be read. Never asks for layout while loading.
(function () {
'use strict';
var doc = document, root = doc.documentElement;
function one(selector, within) { return (within || doc).querySelector(selector); }
function all(selector, within) { return Array.prototype.slice.call((within || doc).querySelectorAll(selector)); }
function target() { try { return doc.getElementById(decodeURIComponent(location.hash.slice(1))); } catch (e) { return null; } }
root.classList.add('script');

// which part is shown
function current() {
  var at = target(), view = at && at.closest('.view');
  var part = '#' + (view ? view.dataset.part || view.id : 'front');
  if (doc.body.classList.contains('one')) return;
  all('nav a').forEach(function (link) {
    if (link.hash === part) link.setAttribute('aria-current', 'page'); else link.removeAttribute('aria-current');
  });
}

// a statement in the text and its card
var from = null, lit = [];
function mark(id) {
  lit.forEach(function (a) { a.classList.remove('on'); });
  var card = id && doc.getElementById(id), text = card && card.closest('.text');
  lit = text ? all('a.st[href="#' + id + '"]', text) : [];
  lit.forEach(function (a) { a.classList.add('on'); });
}
function open(card) {
  card.closest('details').open = true;
  mark(card.id);
}
doc.addEventListener('click', function (event) {
  var link = event.target.closest('a.st');
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
  var card = doc.getElementById(link.hash.slice(1));
  if (!card) return;
  event.preventDefault();
  history.pushState(null, '', link.hash);
  from = link;
  open(card);
  card.focus({ preventScroll: true });
  var below = card.getBoundingClientRect().bottom - innerHeight + 16;
  var room = Math.min(below, link.getBoundingClientRect().top - 72);
  if (room > 0) scrollBy(0, room);
});
doc.addEventListener('toggle', function (event) {
  var card = event.target.name === 'card' && one('.card', event.target);
  if (!card) return;
  part(card);
  if (event.target.open) mark(card.id);
  else if (lit[0] && lit[0].hash === '#' + card.id) mark(null);
}, true);
doc.addEventListener('keydown', function (event) {
  var opened = event.key === 'Escape' && one('.notes details[open]');
  if (opened) {
    var back = from || one('summary', opened);
    opened.open = false;
    mark(null);
    back.focus();
    from = null;
  }
  if (event.key === '/' && !/INPUT|SELECT|TEXTAREA/.test(event.target.tagName)) {
    event.preventDefault();
    one('#quick-words').focus();
  }
});
function arrive() {
  var at = target();
  if (at && at.classList.contains('card')) open(at);
  else if (at && at.classList.contains('st')) mark(at.hash.slice(1));
  else mark(null);
  current();
}
addEventListener('hashchange', arrive);
addEventListener('popstate', arrive);

// the lines of a dense card become rows once it opens
function part(card) {
  all('.rest[data-rows]', card).forEach(function (text) {
    var spans = text.dataset.rows.split('|');
    text.replaceChildren.apply(text, text.textContent.split('\n').map(function (line, n) {
      var row = doc.createElement('span');
      row.textContent = line + ' ';
      if (spans[n]) row.dataset.spans = spans[n];
      return row;
    }));
    text.removeAttribute('data-rows');
  });
}

// a row of a card lights the words it was read from; offsets count code points
function range(article, start, end) {
  var found = doc.createRange(), begun = false, rows = all('.row', doc.getElementById(article));
  rows.forEach(function (row) {
    var at = +row.dataset.b, walk = doc.createTreeWalker(one('p', row), NodeFilter.SHOW_TEXT), node;
    while ((node = walk.nextNode())) {
      if (node.parentNode.tagName === 'SUP') continue;
      var signs = Array.from(node.data), past = at + signs.length;
      if (start >= at && start < past) { found.setStart(node, signs.slice(0, start - at).join('').length); begun = true; }
      if (begun && end > at && end <= past) found.setEnd(node, signs.slice(0, end - at).join('').length);
      at = past;
    }
  });
  return begun ? found : null;
}
if (window.CSS && CSS.highlights && window.Highlight) {
  var shown = null;
  doc.addEventListener('mouseover', function (event) {
    var row = event.target.closest('.card [data-spans]');
    if (row === shown) return;
    shown = row;
    CSS.highlights.delete('field');
    if (!row) return;
    var light = new Highlight();
    row.dataset.spans.split(';').forEach(function (span) {
      var ends = span.split('-'), found = range(row.closest('.view').id, +ends[0], +ends[1]);
      if (found) light.add(found);
    });
    CSS.highlights.set('field', light);
  });
}

// find
var form = one('#filter'), quick = one('#quick'), data = null, folded = null, MOST = 200;
function fold(words) { return words.toLowerCase().normalize('NFD').replace(/[\u0300-\u036f“”"'’‘]/g, ''); }
function line(index) {
  var item = doc.createElement('li'), link = doc.createElement('a'), about = doc.createElement('span'), row = data.rows[index];
  link.textContent = data.words[index];
  link.href = data.at[index];
  about.textContent = [data.days[index], data.by[row[0]], data.towards[index], data.acts[row[1]]].filter(Boolean).join(' · ');
  item.append(link, ' ', about);
  return item;
}
function choose() {
  data = data || JSON.parse(one('#data').textContent);
  folded = folded || data.rows.map(function (row, n) { return fold(data.words[n] + ' ' + data.by[row[0]] + ' ' + data.acts[row[1]]); });
  var words = fold(form.q.value.trim()), parts = words ? words.split(/\s+/) : [];
  var by = form.by.value, act = form.act.value, year = form.year.value, asked = words || by || act || year, hits = [];
  if (asked) data.rows.forEach(function (row, n) {
    if ((by === '' || row[0] === +by) && (act === '' || row[1] === +act) && (year === '' || row[2] === year) &&
        parts.every(function (part) { return folded[n].indexOf(part) >= 0; })) hits.push(n);
  });
  tell(asked, hits.length);
  one('#index').hidden = !!asked;
  one('#hits').hidden = !hits.length;
  one('#hits').replaceChildren.apply(one('#hits'), hits.slice(0, MOST).map(line));
}
function tell(asked, number) {
  var total = data.rows.length, all = total + (total === 1 ? ' saying' : ' sayings');
  one('#count').textContent = asked ? number + ' of ' + all + ', newest first' + (number > MOST ? ', the first ' + MOST + ' shown' : '') : all;
  one('#count').hidden = asked && !number;
  one('#empty').hidden = !asked || number > 0;
  one('#asked').textContent = form.q.value ? '“' + form.q.value + '”' : 'this choice';
}
if (form) {
  form.addEventListener('input', choose);
  form.addEventListener('submit', function (event) { event.preventDefault(); choose(); });
  form.addEventListener('reset', function () { setTimeout(choose); });
  if (location.hash.slice(0, 3) === '#q=') { form.q.value = decodeURIComponent(location.hash.slice(3)); choose(); }
}
quick.addEventListener('submit', function (event) {
  event.preventDefault();
  var words = one('#quick-words').value, place = quick.dataset.find;
  if (!form) { location.href = place + '#q=' + encodeURIComponent(words); return; }
  form.q.value = words;
  if (place.charAt(0) === '#') location.hash = place;
  choose();
  form.q.focus();
});
arrive();
})();
