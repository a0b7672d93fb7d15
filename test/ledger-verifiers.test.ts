import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { damages } from '@vidimus/ledger';
import { REPOSITORY, temporaryFolder } from '@vidimus/testkit';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import {
  checkpointOf,
  exportOf,
  ledgerName,
  ledgerSigner,
  rootOf,
} from '../packages/ledger/test/export-folder.ts';
import {
  type Decided,
  detailsOf,
  entriesOf,
  leafMembers,
  ledgerStart,
  soundDecisions,
  soundEntries,
} from '../packages/ledger/test/sound-ledger.ts';
import { entryCases } from '../packages/ledger/test/verifier-cases/entry-cases.ts';
import { historyCases } from '../packages/ledger/test/verifier-cases/history-cases.ts';
import { lineCases } from '../packages/ledger/test/verifier-cases/line-cases.ts';
import { noteCases } from '../packages/ledger/test/verifier-cases/note-cases.ts';
import { sound, type VerifierCase } from '../packages/ledger/test/verifier-cases/verifier-case.ts';
import {
  byCommand,
  byScript,
  commandPath,
  flagsOf,
  hasPython,
  type Laid,
  layer,
  scriptPath,
  type Verdict,
} from '../packages/ledger/test/verifier-runs.ts';
import type { Draft } from '../packages/server/src/journal/entry.ts';
import { commitmentOf, encodeLeaf, type LeafDecision } from '../packages/server/src/journal/entry-bytes.ts';
import { type BudgetState, CPR_BUDGET, decide, FRESH_BUDGET } from '../packages/server/src/limits/budget.ts';

const root = temporaryFolder();
afterAll(() => rmSync(root, { recursive: true }));
const lay = layer(root);

const CASES: readonly VerifierCase[] = [...lineCases, ...entryCases, ...noteCases, ...historyCases];

/** What both say of each, which must be the same; where Python is missing, what one says. */
function judged(given: readonly Laid[]): Verdict[] {
  const verdicts = given.map(byCommand);
  expect(hasPython ? byScript(given) : verdicts).toEqual(verdicts);
  return verdicts;
}

describe('what is done to an export', () => {
  const folders = CASES.map(({ files, ...held }) => lay(files, held));

  test('is of more than 200 kinds, each by its name, with every reason that there is', () => {
    expect(CASES.length).toBeGreaterThan(200);
    expect(new Set(CASES.map(({ name }) => name)).size).toBe(CASES.length);
    const reasons = CASES.flatMap(({ expected }) => (expected === 'intact' ? [] : [expected.reason]));
    expect([...new Set(reasons)].sort()).toEqual(Object.keys(damages).sort());
  });

  test.each(CASES.map(({ name, expected }, at) => ({ name, expected, at })))('$name', ({ expected, at }) => {
    const verdict = byCommand(folders[at] as Laid);
    expect(verdict).toMatchObject(
      expected === 'intact'
        ? { exit: 0, result: { kind: 'intact' } }
        : { exit: 5, result: { kind: 'damaged', ...expected } },
    );
  });

  test.skipIf(!hasPython)('is judged alike by verify_ledger.py (python3)', () => {
    const named = (verdicts: readonly Verdict[]) => CASES.map(({ name }, at) => ({ name, ...verdicts[at] }));
    expect(named(byScript(folders))).toEqual(named(folders.map(byCommand)));
  });
});

describe('an export of eight entries', () => {
  const small = exportOf(entriesOf(soundDecisions.slice(0, 8)));
  const lines = String(small['entries.jsonl']).match(/.*\n/g) ?? [];
  const NAMES = ['checkpoint', 'vkey', 'entries.jsonl'] as const;

  test.each(NAMES)('with any byte of its %s changed: found by both, at its entry', (name) => {
    const bytes = Buffer.from(String(small[name]));
    const [from, to] =
      name === 'entries.jsonl'
        ? [lines.slice(0, 3).join('').length, lines.slice(0, 4).join('').length]
        : [0, bytes.length];
    const flipped = Array.from({ length: to - from }, (_, at) => {
      const changed = Buffer.from(bytes);
      changed[from + at] = (changed[from + at] ?? 0) ^ (1 << (at % 8));
      return lay({ ...small, [name]: changed });
    });
    const verdicts = judged(flipped);
    const missed = verdicts.flatMap(({ exit }, at) => (exit === 5 ? [] : [at]));
    expect(missed).toEqual([]);
    const places = new Set(verdicts.map(({ result }) => result.entry));
    expect([...places]).toEqual([name === 'entries.jsonl' ? 4 : null]);
  });

  test('with pieces of its files cut, doubled and moved: judged alike, and never intact when changed', () => {
    const piece = fc.record({
      name: fc.constantFrom(...NAMES),
      from: fc.nat(),
      length: fc.integer({ min: 1, max: 700 }),
      to: fc.nat(),
      how: fc.constantFrom('cut', 'doubled', 'moved'),
    });
    const changed = fc.sample(piece, { numRuns: 300, seed: 5 }).flatMap(({ name, from, length, to, how }) => {
      const text = String(small[name]);
      const start = from % text.length;
      const taken = text.slice(start, start + length);
      const left = how === 'doubled' ? text : text.slice(0, start) + text.slice(start + length);
      const at = to % (left.length + 1);
      const result = how === 'cut' ? left : left.slice(0, at) + taken + left.slice(at);
      // The newline behind the key is no part of it.
      return result.trimEnd() === text.trimEnd() ? [] : [lay({ ...small, [name]: result })];
    });
    expect(changed.length).toBeGreaterThan(250);
    expect(judged(changed).filter(({ exit }) => exit !== 5)).toEqual([]);
  });
});

describe('the sound ledger', () => {
  const ms = (minutes: number) => ledgerStart + minutes * 60_000;

  test('has the decisions of the server', () => {
    const budgets = new Map<string, BudgetState>();
    const decisions = soundDecisions.map(({ at, account, register, operation, outcome }, index) => {
      if (operation === 'unlock') budgets.set(account, FRESH_BUDGET);
      if (register !== 'cpr' || !/lookup|validate/.test(operation)) return { failures: 0 };
      // Entry 26 was refused for a block that had ended when it was recorded.
      const isMiss = outcome === 'unknown' || (outcome === 'blocked' && index !== 25);
      const budget = budgets.get(account) ?? FRESH_BUDGET;
      const decision = decide(CPR_BUDGET, budget, isMiss ? 'miss' : 'refused', ms(at));
      budgets.set(account, decision.state);
      return decision.kind === 'blocked'
        ? { failures: CPR_BUDGET.failures + 1, blockedUntil: decision.until }
        : { failures: decision.failures };
    });
    expect(decisions).toEqual(
      soundDecisions.map(({ failures, blockedUntil }) =>
        blockedUntil === undefined ? { failures } : { failures, blockedUntil: ms(blockedUntil) },
      ),
    );
  });

  test.each([12, 14, 20])('has leaf %d as the server writes it', (entry) => {
    const details = detailsOf(entry);
    const decision = soundDecisions[entry - 1] as Decided;
    const members = leafMembers(decision, details);
    const { at, blockedUntil, erased } = decision;
    const written = encodeLeaf(members as unknown as Draft, {
      ...(members as unknown as LeafDecision),
      at: ms(at),
      blockedUntil: blockedUntil === undefined ? null : ms(blockedUntil),
      commitment: commitmentOf(details),
      ...(erased !== undefined && { erased }),
    });
    expect(JSON.stringify(members)).toBe(written.toString());
  });
});

describe('the commands', () => {
  const files = lay(sound, { old: checkpointOf(soundEntries.slice(0, 12)), vkey: String(sound.vkey) });
  const damaged = lay({ ...sound, checkpoint: null });
  const noKey = lay(sound, { vkey: 'no key\n' });

  const COMMANDS = [
    { name: 'vidimus-verify', command: [process.execPath, commandPath], isThere: true },
    { name: 'verify_ledger.py (python3)', command: ['python3', '-B', scriptPath], isThere: hasPython },
  ];

  describe.each(COMMANDS)('$name', ({ command: [program = '', ...args], isThere }) => {
    const run = (...flags: readonly string[]) =>
      spawnSync(program, [...args, ...flags], { encoding: 'utf8', env: { PATH: process.env['PATH'] } });

    test.skipIf(!isThere)('says what it has proven, and exits 0', () => {
      const { status, stdout, stderr } = run(...flagsOf(files), '--json');
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(JSON.parse(stdout)).toEqual({
        kind: 'intact',
        entries: 30,
        erased: 2,
        root: Buffer.from(rootOf(soundEntries)).toString('base64'),
        origin: ledgerName,
        key: `${ledgerName}+${ledgerSigner.key.id}`,
        prefix: 12,
        keyFrom: 'given',
      });
      expect(run(files.folder).stdout).toMatch(/30/);
    });

    test.skipIf(!isThere)('names the damage, and exits 5', () => {
      const { status, stdout } = run(damaged.folder, '--json');
      expect(status).toBe(5);
      expect(JSON.parse(stdout)).toEqual({ kind: 'damaged', entry: null, reason: 'checkpoint-missing' });
      expect(run(damaged.folder).stdout).toMatch(/checkpoint-missing/);
    });

    test.skipIf(!isThere)('exits 2 when called wrongly, 0 when asked for help', () => {
      const { folder } = files;
      const wrong = [
        [],
        [folder, folder],
        [join(root, 'none')],
        [folder, '--what'],
        [folder, '--checkpoint'],
      ];
      wrong.push([folder, '--checkpoint', join(root, 'none')], [folder, '--vkey', join(root, 'none')]);
      wrong.push(flagsOf(noKey));
      for (const flags of wrong)
        expect({ flags, status: run(...flags).status }).toEqual({ flags, status: 2 });
      expect(run('--help')).toMatchObject({ status: 0, stdout: expect.stringMatching(/EXPORT_DIR/) });
    });
  });
});

test('the specification lists every reason, and the checks in the order of the table', () => {
  const page = readFileSync(join(REPOSITORY, 'packages/ledger/EXPORT.md'), 'utf8');
  const listed = Array.from(
    page.slice(page.indexOf('## Checks')).matchAll(/^\| `([a-z-]+)` \|/gm),
    ([, reason]) => reason,
  );
  expect(listed).toEqual(Object.keys(damages));
});
