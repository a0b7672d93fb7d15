import { SETTINGS, type Setting } from './settings.ts';

/** `docs/configuration.md`, made from the settings themselves. */
export function configurationReference(): string {
  const settings: readonly Setting<unknown>[] = Object.values(SETTINGS);
  return `# Configuration

<!-- Made by \`npm run docs:configuration\` from packages/server/src/config/settings.ts. Do not edit. -->

A setting is taken from the first of these that names it: the flag, the environment variable, \`vidimus.json\` in the
data folder, the default. A relative path in a flag or a variable starts at the folder you are in,
one in \`vidimus.json\` at the data folder.

| flag | variable | key in \`vidimus.json\` | default | meaning |
|---|---|---|---|---|
${settings.map(row).join('\n')}

\`--data\`, \`--sandbox\` and \`--key-file\` belong to every command, the others to \`serve\`. Variables and \`vidimus.json\`
are read by every command.

\`\`\`json
{
  "keyFile": "/etc/vidimus/vidimus.key",
  "host": "127.0.0.1",
  "port": 8080,
  "publicUrl": "https://id.example.org",
  "logLevel": "info"
}
\`\`\`

Everything is checked before anything starts, and all mistakes are told at once. A name that is no setting is a mistake
too, in \`vidimus.json\` as among the variables that begin with \`VIDIMUS_\` (except \`VIDIMUS_TEST_\`, which the test suite
reads).

A secret has no flag, because everybody sees what was typed in the list of processes. Its variable with \`_FILE\` behind it
names a file that holds it.

\`\`\`sh
VIDIMUS_PRT=9000 npx vidimus doctor --data ./live-data --key-file ' '  # exits 2
\`\`\`

\`\`\`text output
vidimus: The configuration has mistakes.
  VIDIMUS_PRT is not a setting; did you mean VIDIMUS_PORT?
  --key-file must be text that is not blank. (config-invalid)
\`\`\`
`;
}

function row({ flag, placeholder, variable, key, defaultText, meaning }: Setting<unknown>): string {
  const given = placeholder === null ? `--${flag}` : `--${flag} ${placeholder}`;
  const variables = flag === null ? `${code(variable)}, ${code(`${variable}_FILE`)}` : code(variable);
  const cells = [
    flag === null ? '–' : code(given),
    variables,
    key === null ? '–' : code(key),
    defaultText,
    meaning,
  ];
  return `| ${cells.join(' | ')} |`;
}

function code(text: string): string {
  return `\`${text}\``;
}

if (import.meta.main) process.stdout.write(configurationReference());
