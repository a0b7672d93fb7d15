import MiniSearch from './minisearch.js';

// The same as where the index is made (`search-index.ts`).
const FIELDS = { fields: ['heading', 'page', 'text'], storeFields: ['heading', 'page', 'text'] };
const MOST_SHOWN = 12;
const EXCERPT = 140;

let dialog;
let index;

/** Opens the search; the index is loaded the first time. */
export async function openSearch() {
  dialog ??= makeDialog();
  dialog.showModal();
  dialog.querySelector('input').select();
  if (index !== undefined) return;
  const answer = await fetch('/docs/search.json');
  index = MiniSearch.loadJSON(await answer.text(), FIELDS);
  show();
}

function makeDialog() {
  const made = document.createElement('dialog');
  made.className = 'search';
  made.setAttribute('aria-label', 'Search the documentation');
  made.innerHTML = `<form method="dialog"><label for="search-words">Search the documentation</label>
<input id="search-words" type="search" autocomplete="off" spellcheck="false"><button type="submit">Close</button></form>
<p role="status"></p><ol></ol>`;
  document.body.append(made);
  made.querySelector('input').addEventListener('input', show);
  made.querySelector('form').addEventListener('submit', (event) => {
    // Enter in the field goes to the first result.
    if (event.submitter !== null && document.activeElement === event.submitter) return;
    event.preventDefault();
    made.querySelector('ol a')?.click();
  });
  made.addEventListener('keydown', move);
  made.addEventListener('click', (event) => {
    if (event.target === made || event.target.closest('a') !== null) made.close();
  });
  return made;
}

function show() {
  const words = dialog.querySelector('input').value.trim();
  if (index === undefined) return;
  const found =
    words === ''
      ? []
      : index.search(words, {
          prefix: true,
          fuzzy: 0.15,
          combineWith: 'AND',
          boost: { heading: 4, page: 2 },
        });
  dialog.querySelector('[role=status]').textContent =
    words === '' ? '' : found.length === 0 ? 'Nothing found.' : `${found.length} found`;
  dialog.querySelector('ol').replaceChildren(...found.slice(0, MOST_SHOWN).map(resultItem));
}

function resultItem({ id, heading, page, text, terms }) {
  const link = document.createElement('a');
  link.href = id;
  const place = document.createElement('span');
  place.className = 'place';
  place.textContent = heading === page ? page : `${page} › ${heading}`;
  const excerpt = document.createElement('span');
  excerpt.className = 'excerpt';
  excerpt.textContent = excerptOf(text, terms);
  link.append(place, excerpt);
  const item = document.createElement('li');
  item.append(link);
  return item;
}

/** The text around the first of the words that were found. */
function excerptOf(text, terms) {
  const small = text.toLowerCase();
  const first = Math.min(
    ...terms.map((term) => small.indexOf(term)).filter((place) => place !== -1),
    text.length,
  );
  const start = first === text.length ? 0 : Math.max(0, first - 40);
  return `${start > 0 ? '…' : ''}${text.slice(start, start + EXCERPT)}${start + EXCERPT < text.length ? '…' : ''}`;
}

/** Up and down go through the field and the results. */
function move(event) {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const stops = [dialog.querySelector('input'), ...dialog.querySelectorAll('ol a')];
  const next = stops[stops.indexOf(document.activeElement) + (event.key === 'ArrowDown' ? 1 : -1)];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
