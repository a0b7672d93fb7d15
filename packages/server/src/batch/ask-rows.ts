import type { Cpr, Ssn } from '@vidimus/numbers';
import type { BatchChunk } from '../journal/batch-journal.ts';
import { BATCH_SURFACE, type Draft } from '../journal/entry.ts';
import type { NameAttempt, NotRecorded } from '../journal/journal.ts';
import type { LedgerKeys } from '../journal/ledger-keys.ts';
import { pack } from '../journal/packed.ts';
import { type PreparedEntry, prepareEntry } from '../journal/prepared-entry.ts';
import type { NameAttemptDecision, NameAttemptRule } from '../limits/name-attempts.ts';
import type { CprSource, SsnSource } from '../register/register.ts';
import type { Recorder } from '../verification/record-answer.ts';
import { validate } from '../verification/validate.ts';
import { verifySsn } from '../verification/verify-ssn.ts';
import type { Layout } from './layout.ts';
import { type RowReading, readRow } from './read-row.ts';
import { graded, lineOf, notFound, type RowResult, validated } from './result.ts';
import type { BatchRights } from './rights.ts';

/** On whose behalf is asked, and by what rights. */
export interface BatchAsker extends BatchRights {
  readonly account: string;
  readonly credential: string;
  readonly job: string;
  /** For rows without a reference of their own. */
  readonly reference: string | null;
  readonly purpose: string | null;
}

/** Rows that follow each other, as they stand in the file. */
export interface RowsToAsk {
  readonly layout: Layout;
  readonly asker: BatchAsker;
  /** The number of the first row, from 1. */
  readonly firstRow: number;
  readonly lines: readonly number[];
  readonly contents: readonly (readonly string[] | string)[];
  /** The day in Denmark, `YYYY-MM-DD`. */
  readonly today: string;
}

/** Rows that were asked about and compared, ready for the ledger. Nothing of it may leave before it is there. */
export type AskedRows =
  | ({ readonly kind: 'asked' } & Pick<BatchChunk, 'results' | 'errorRows' | 'entries' | 'refusals'>)
  | { readonly kind: 'unavailable' };

export interface AskParts {
  /** Whether the registers are in a database, which reads many records in one query. */
  readonly isRemote: boolean;
  readonly cpr: CprSource;
  readonly ssn: SsnSource;
  readonly keys: LedgerKeys;
  readonly subjectKeys: { readonly cpr: (cpr: Cpr) => Uint8Array; readonly ssn: (ssn: Ssn) => Uint8Array };
  readonly nameKey: (ssn: Ssn, name: string) => Uint8Array;
  readonly nameRule: NameAttemptRule;
  readonly tryName: (attempt: NameAttempt) => Promise<NameAttemptDecision | NotRecorded>;
}

interface AskedRow {
  readonly result: RowResult;
  readonly draft: Draft | null;
}

/**
 * Asks about all rows of a chunk by the path of every question: register, disclosure, matching. What each would
 * write to the ledger is held back, so that the chunk is written as one. `unavailable` when the register could not be
 * asked about one of them: then all of them are to be asked again.
 */
export async function askRows(parts: AskParts, rows: RowsToAsk): Promise<AskedRows> {
  const asked: AskedRow[] = [];
  const together = rowsTogether(parts, rows);
  for (let first = 0; first < rows.contents.length; first += together) {
    const some = rows.contents.slice(first, first + together);
    const answers = await Promise.all(some.map((content, at) => askRow(parts, rows, content, first + at)));
    for (const answer of answers) {
      if (answer === null) return { kind: 'unavailable' };
      asked.push(answer);
    }
  }
  return packed(parts.keys, asked);
}

/** What is known of a few rows dies young; that of a whole chunk is carried about in every collection of garbage. */
const FEW_ROWS = 25;

/** Where others are waited for, it is once for all: a database reads them together, names are counted together. */
function rowsTogether({ isRemote }: AskParts, { layout, contents }: RowsToAsk): number {
  return isRemote || layout.batch === 'ssn-verify' ? contents.length : FEW_ROWS;
}

async function askRow(
  parts: AskParts,
  rows: RowsToAsk,
  content: readonly string[] | string,
  at: number,
): Promise<AskedRow | null> {
  const reading = readRow(rows.layout, content, rows.today);
  const row = rows.firstRow + at;
  const place = { row, line: rows.lines[at] ?? 0, reference: reading.reference };
  if (reading.kind === 'error') return { result: { ...place, error: reading.error }, draft: null };
  if (reading.kind === 'ssn-invalid') return { result: { ...place, ssnMatch: 'invalidFormat' }, draft: null };
  const held = holdingBack();
  const result = await answerTo(parts, rows, reading, place, held.recorder);
  const draft = held.draft();
  return result === null || draft === null ? null : { result, draft };
}

/** Takes an entry and says that it is written; it is, before its answer leaves. */
function holdingBack(): { readonly recorder: Recorder; readonly draft: () => Draft | null } {
  let kept: Draft | null = null;
  return {
    recorder: {
      record(draft) {
        kept = draft;
        const verdict = { kind: 'allowed', failures: 0 } as const;
        return Promise.resolve({ kind: 'recorded', recorded: { id: 0, entry: 0, at: 0, verdict } });
      },
    },
    draft: () => kept,
  };
}

async function answerTo(
  parts: AskParts,
  { asker, today }: RowsToAsk,
  reading: Extract<RowReading, { kind: 'cpr' | 'ssn' }>,
  place: { readonly row: number; readonly line: number; readonly reference: string | null },
  recorder: Recorder,
): Promise<RowResult | null> {
  const asked = {
    asker: { account: asker.account, credential: asker.credential, surface: BATCH_SURFACE, rate: 0 },
    purpose: {
      reference: reading.reference ?? asker.reference,
      context: contextOf(asker.job, place.row, reading.context),
      ...(asker.purpose !== null && { purpose: asker.purpose }),
    },
    simulate: null,
  };
  if (reading.kind === 'cpr') {
    const { cpr, typed } = reading;
    const { mayCompareProtected, grading } = asker;
    const outcome = await validate(
      { source: parts.cpr, journal: recorder, subjectKey: parts.subjectKeys.cpr, today: () => today },
      { ...asked, cpr, typed, mayCompareProtected, grading, explain: false },
    );
    if (outcome.kind === 'validated') return validated(place, outcome.validation);
    return outcome.kind === 'unknown' ? notFound(place) : null;
  }
  const { ssn, first, last } = reading;
  const outcome = await verifySsn(
    {
      source: parts.ssn,
      journal: { record: (draft, answer) => recorder.record(draft, answer), tryName: parts.tryName },
      subjectKey: parts.subjectKeys.ssn,
      nameKey: parts.nameKey,
      nameRule: parts.nameRule,
    },
    { ...asked, ssn, first, last, deceasedNeedsName: asker.deceasedNeedsName },
  );
  if (outcome.kind === 'graded') return graded(place, outcome.match);
  return outcome.kind === 'too-many-names' ? { ...place, refused: 'too-many-names' } : null;
}

/** Which row of which job an entry is about, for whoever reads the ledger later. */
function contextOf(job: string, row: number, context: string | null): string {
  const place = `batch ${job}, row ${row}`;
  return context === null ? place : `${context} (${place})`;
}

function packed(keys: LedgerKeys, rows: readonly AskedRow[]): AskedRows {
  const asked = rows.flatMap(({ draft, result }, row) =>
    draft === null ? [] : [{ row, draft, result, entry: prepareEntry(keys, draft) }],
  );
  return {
    kind: 'asked',
    results: pack(rows.map(({ result }) => lineOf(result))),
    errorRows: rows.flatMap(({ result }, row) => ('error' in result ? [row] : [])),
    entries: {
      rows: asked.map(({ row }) => row),
      outcomes: asked.map(({ draft }) => draft.outcome),
      commitments: asked.map(({ entry }) => entry.commitment),
      parts: pack(asked.flatMap(({ entry }) => partsOf(entry))),
    },
    refusals: asked
      .filter(({ draft }) => draft.outcome === 'unknown')
      .map(({ row, draft, result: { row: number, line, reference } }) => {
        const entry = prepareEntry(keys, { ...draft, summary: 'TooManyUnknown' });
        const { details, commitment } = entry;
        return {
          row,
          details,
          commitment,
          result: lineOf({ row: number, line, reference, refused: 'too-many-unknown' }),
        };
      }),
  };
}

const NONE = new Uint8Array();

function partsOf({ subject, reference, details }: PreparedEntry): Uint8Array[] {
  return [subject ?? NONE, reference ?? NONE, details];
}
