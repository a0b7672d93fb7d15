import type { Batch } from '../journal/batch-journal.ts';
import type { BatchDocument, BatchStateName } from './batch-schema.ts';

/** What is known of a batch beside its row. */
interface BatchFacts {
  readonly pace: { readonly rowsPerSecond: number; readonly secondsLeft: number | null } | null;
  /** How long its results are kept, in ms. */
  readonly keepForMs: number;
}

const BASE = '/vidimus/v1/batches';

/** A batch as its account is told of it. */
export function batchDocument(job: Batch, { pace, keepForMs }: BatchFacts): BatchDocument {
  const { id, kind, settings, input, createdAt, endedAt, forgottenAt } = job;
  return {
    id,
    register: kind === 'cpr-validate' ? 'cpr' : 'ssn',
    state: stateOf(job),
    reason: job.reason,
    reference: settings.reference ?? '',
    purpose: settings.purpose ?? '',
    format: settings.format,
    rows: input.rows,
    done: job.rows,
    errors: job.errors,
    unknown: job.unknown,
    maxUnknown: job.maxUnknown,
    rowsPerSecond: pace?.rowsPerSecond ?? null,
    secondsLeft: pace?.secondsLeft ?? null,
    createdAt: iso(createdAt),
    endedAt: isoOrNull(endedAt),
    keptUntil: forgottenAt === null && endedAt !== null ? iso(endedAt + keepForMs) : null,
    forgottenAt: isoOrNull(forgottenAt),
    links: { self: `${BASE}/${id}`, results: `${BASE}/${id}/results` },
  };
}

/** In the ledger a job runs from its first day; its account wants to know whether anything has been done. */
function stateOf({ state, rows, input }: Batch): BatchStateName {
  return state === 'running' && rows === 0 && input.rows > 0 ? 'queued' : state;
}

function isoOrNull(ms: number | null): string | null {
  return ms === null ? null : iso(ms);
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
