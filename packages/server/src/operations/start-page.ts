export interface StartPageFacts {
  readonly version: string;
  readonly mode: 'live' | 'sandbox';
  readonly surfaces: readonly { readonly name: string; readonly documentation: string }[];
  /** Fictional persons to ask CPR for, in the sandbox only. */
  readonly persons: readonly { readonly cpr: string; readonly shows: string }[];
  /** Fictional holders of Social Security numbers to verify, in the sandbox only. */
  readonly holders: readonly StartPageHolder[];
}

interface StartPageHolder {
  readonly ssn: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly outcome: string;
  readonly shows: string;
}

/** The page at `/`: what runs here and where to read on. It looks as the documentation does. */
export function startPage(facts: StartPageFacts): string {
  const surfaces = facts.surfaces
    .map(({ name, documentation }) => `<li><a href="${documentation}">${name}</a></li>`)
    .join('');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Vidimus</title>
<link rel="stylesheet" href="/docs/assets/style.css">
<link rel="icon" href="/docs/assets/icon.svg">
<script src="/docs/assets/theme.js"></script>
<script type="module" src="/docs/assets/site.js"></script>
</head>
<body class="start">
<a class="skip" href="#content">Skip to the text</a>
<header class="top">
<a class="brand" href="/"><img src="/docs/assets/icon.svg" alt="" width="24" height="24">Vidimus</a>
<a class="section" href="/docs/">Docs</a>
<span class="tools"><button type="button" class="search-open" hidden>Search <kbd>/</kbd></button><button type="button" class="theme" hidden>◐</button></span>
</header>
<main id="content" tabindex="-1">
<article>
<h1>Vidimus</h1>
<p>Version ${facts.version} <span class="mode">${facts.mode}</span></p>
<h2>Documentation</h2>
<ul><li><a href="/docs/quickstart">Quickstart</a></li><li><a href="/docs/api">API reference</a></li><li><a href="/docs/sandbox">The sandbox</a></li><li><a href="/docs/">All pages</a></li></ul>
<h2>Surfaces, to try</h2>
<ul>${surfaces}</ul>
<h2>Operation</h2>
<ul><li><a href="/livez">/livez</a></li><li><a href="/readyz?verbose">/readyz</a></li><li><a href="/metrics">/metrics</a></li></ul>
${facts.persons.length === 0 ? '' : personsTable(facts.persons)}
${facts.holders.length === 0 ? '' : holdersTable(facts.holders)}
</article>
</main>
</body>
</html>
`;
}

function personsTable(persons: StartPageFacts['persons']): string {
  return table(
    'Fictional persons',
    ['CPR number', 'shows'],
    persons.map(({ cpr, shows }) => [`<code>${cpr}</code>`, shows]),
  );
}

function holdersTable(holders: readonly StartPageHolder[]): string {
  return table(
    'Fictional holders of Social Security numbers',
    ['SSN', 'name', 'answer', 'shows'],
    holders.map(({ ssn, firstName, lastName, outcome, shows }) => [
      `<code>${ssn}</code>`,
      `${firstName} ${lastName}`,
      `<code>${outcome}</code>`,
      shows,
    ]),
  );
}

function table(title: string, columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = columns.map((column) => `<th scope="col">${column}</th>`).join('');
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`);
  return `<h2>${title}</h2>
<div class="scroll" role="group" tabindex="0" aria-label="${title}"><table><thead><tr>${head}</tr></thead><tbody>${body.join('\n')}</tbody></table></div>`;
}
