export interface StartPageFacts {
  readonly version: string;
  readonly mode: 'live' | 'sandbox';
  readonly surfaces: readonly { readonly name: string; readonly documentation: string }[];
  /** Fictional persons to try, in the sandbox only. */
  readonly persons: readonly { readonly cpr: string; readonly shows: string }[];
}

const STYLE = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { max-width: 46rem; margin: 3rem auto; padding: 0 1rem; }
  h1 { margin-bottom: 0; } p { margin-top: .25rem; }
  table { border-collapse: collapse; width: 100%; }
  th, td { text-align: left; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent); }
  code { font: 0.95em ui-monospace, monospace; }
  .mode { padding: .1rem .5rem; border: 1px solid currentColor; border-radius: 1rem; font-size: .85rem; }`;

/** The page at `/`: what runs here and where to read on. */
export function startPage(facts: StartPageFacts): string {
  const surfaces = facts.surfaces
    .map(({ name, documentation }) => `<li><a href="${documentation}">${name}</a></li>`)
    .join('');
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Vidimus</title><style>${STYLE}</style></head>
<body>
<h1>Vidimus</h1>
<p>Version ${facts.version} <span class="mode">${facts.mode}</span></p>
<h2>Surfaces</h2>
<ul>${surfaces}</ul>
<h2>Operation</h2>
<ul><li><a href="/livez">/livez</a></li><li><a href="/readyz?verbose">/readyz</a></li><li><a href="/metrics">/metrics</a></li></ul>
${facts.persons.length === 0 ? '' : personsTable(facts.persons)}
</body>
</html>
`;
}

function personsTable(persons: StartPageFacts['persons']): string {
  const rows = persons
    .map(({ cpr, shows }) => `<tr><td><code>${cpr}</code></td><td>${shows}</td></tr>`)
    .join('');
  return `<h2>Fictional persons</h2>
<table><thead><tr><th scope="col">CPR number</th><th scope="col">Shows</th></tr></thead><tbody>${rows}</tbody></table>`;
}
