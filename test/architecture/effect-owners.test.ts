import { Visitor } from 'oxc-parser';
import { expect, test } from 'vitest';
import { lineAt, parseSource, SHIPPED, type Source } from './sources.ts';

/**
 * Where the outside comes in: everybody else gets environment, clock and chance as parameters, so that a
 * test can hold them still. One row for each file and effect, with what it is needed for.
 */
const OWNERS: Readonly<Record<string, string>> = {
  'cli/run-command.ts process.env': 'the environment of every command',
  'batch-runner-thread.ts Date.now': 'the clock of a thread, which no function can be handed to',
  'cli/run-command.ts Date.now': 'the clock of every command and of the server',
  'accounts/made-secrets.ts randomBytes': 'ids of accounts and credentials, and their secrets',
  'accounts/made-secrets.ts randomUUID': 'client ids',
  'packages/client/src/connection/connection.ts Date.now': 'how far away the date of a Retry-After is',
  'packages/client/src/connection/connection.ts Math.random':
    'the wait before a retry, so that clients come apart',
  'packages/client/src/connection/service-token.ts Date.now': 'how long a kept token is good',
  'packages/client/src/vidimus/batch-client.ts crypto.randomUUID': 'the idempotency key of an upload',
  'packages/client/src/vidimus/vidimus-client.ts Date.now':
    'when a block ends, of which the server says how long it lasts',
  'packages/client/src/vidimus/vidimus-client.ts crypto.randomUUID':
    'the idempotency key of a call that brings none',
  'start-sandbox.ts Date.now': 'the clock of a sandbox in somebody else’s process',
  'http/request-id.ts randomUUID': 'the id of a request that brought none',
  'journal/ledger-signer.ts generateKeyPairSync': 'the key that signs checkpoints',
  'journal/ledger-signer.ts randomBytes': 'the name of a new ledger',
  'storage/key-file.ts randomBytes': 'the key-encryption key of a new data folder',
  'storage/keyring.ts randomBytes': 'the data keys of a new data folder',
  'storage/fresh-bytes.ts randomFillSync':
    'the nonces of sealed values, and the salts of entries, without which their hashes would tell',
  'storage/postgres/transaction.ts Math.random': 'the pause before a transaction is tried again, likewise',
  'storage/sqlite.ts Math.random':
    'the pause before trying a lock again, so that processes do not march in step',
  'tokens/access-token.ts randomBytes': 'the id of a token',
  'tokens/signing-keys.ts generateKeyPair': 'the keys that sign tokens',
};

const MEMBERS: Readonly<Record<string, RegExp>> = {
  process: /^env$/,
  Date: /^now$/,
  Math: /^random$/,
  crypto: /^(random|getRandom|generate|subtle)/,
  globalThis: /^(process|Date|Math|crypto)$/,
};

/** Importing the object itself would hide its members from this test. */
const IMPORTED: Readonly<Record<string, RegExp>> = {
  'node:crypto': /^(default|\*|random|getRandom|generate|webcrypto|subtle)/,
  'node:process': /^(default|\*|env)$/,
};

interface Effect {
  readonly at: string;
  readonly row: string;
}

function effectsOf({ path, text, program, imports }: Source): Effect[] {
  const effects: Effect[] = [];
  const add = (line: number, effect: string) =>
    effects.push({ at: `${path}:${line}`, row: `${path.replace(/^packages\/server\/src\//, '')} ${effect}` });

  for (const { line, specifier, names } of imports) {
    const pattern = IMPORTED[specifier.replace(/^(?!node:)/, 'node:')];
    for (const name of names) if (pattern?.test(name)) add(line, name);
  }
  new Visitor({
    MemberExpression({ start, object, property }) {
      if (object.type !== 'Identifier') return;
      const name =
        property.type === 'Identifier'
          ? property.name
          : property.type === 'Literal'
            ? `${property.value}`
            : '';
      if (MEMBERS[object.name]?.test(name)) add(lineAt(text, start), `${object.name}.${name}`);
    },
    VariableDeclarator({ start, id, init }) {
      if (id.type !== 'ObjectPattern' || init?.type !== 'Identifier') return;
      if (Object.hasOwn(MEMBERS, init.name)) add(lineAt(text, start), `{…} = ${init.name}`);
    },
    NewExpression({ start, callee, arguments: given }) {
      if (callee.type === 'Identifier' && callee.name === 'Date' && given.length === 0)
        add(lineAt(text, start), 'new Date()');
    },
  }).visit(program);
  return effects;
}

const EFFECTS = SHIPPED.flatMap(effectsOf);

test('environment, clock and chance come in where the table says', () => {
  expect(EFFECTS.filter(({ row }) => !Object.hasOwn(OWNERS, row))).toEqual([]);
});

test('every row of the table still has its file and effect', () => {
  const rows = new Set(EFFECTS.map(({ row }) => row));
  expect(Object.keys(OWNERS).filter((row) => !rows.has(row))).toEqual([]);
});

test.each([
  ['const { env } = process', '{…} = process'],
  ['start(process.env)', 'process.env'],
  ["start(process['env'])", 'process.env'],
  ["import { env } from 'node:process'", 'env'],
  ['const clock = Date.now', 'Date.now'],
  ['const now = new Date().toISOString()', 'new Date()'],
  ['const chance = () => Math.random()', 'Math.random'],
  ['crypto.getRandomValues(salt)', 'crypto.getRandomValues'],
  ["import { randomInt as roll } from 'node:crypto'", 'randomInt'],
  ["import { webcrypto } from 'crypto'", 'webcrypto'],
  ["import * as node from 'node:crypto'", '*'],
  ["import settings from 'node:process'", 'default'],
  ["export { randomBytes } from 'node:crypto'", 'randomBytes'],
])('%s is seen', (text, effect) => {
  expect(effectsOf(parseSource('x.ts', text))).toEqual([{ at: 'x.ts:1', row: `x.ts ${effect}` }]);
});

test.each([
  'new Date(ms)',
  'Date.UTC(2026, 10, 20)',
  'performance.now()',
  "import { hash } from 'node:crypto'",
])('%s is nobody’s business', (text) => {
  expect(effectsOf(parseSource('x.ts', text))).toEqual([]);
});
