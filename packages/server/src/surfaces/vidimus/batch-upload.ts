import type { IncomingMessage } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { makeId } from '../../accounts/made-secrets.ts';
import type { InputFault } from '../../batch/input-fault.ts';
import type { Inspected } from '../../batch/inspect.ts';
import type { InspectingPool } from '../../batch/inspecting-pool.ts';
import { keepUpload } from '../../batch/keep-upload.ts';
import { blocked, type Refusal } from '../../contract/problem.ts';
import { type BatchQuestion, readBatchWish } from '../../contract/read-batch-wish.ts';
import { slowBody } from '../../http/slow-body.ts';
import type { Batch, BatchJournal, NewBatch } from '../../journal/batch-journal.ts';
import { CSV_TYPE, JSONL_TYPE } from './batch-results.ts';
import type { VidimusCaller } from './callers.ts';
import type { Idempotency } from './idempotency.ts';

export const UPLOAD_TYPES = [CSV_TYPE, JSONL_TYPE, 'application/x-ndjson'] as const;

/** A client that sends nothing for so long is gone. */
const STALL_MS = 30_000;
const LONGEST_UPLOAD_MS = 3_600_000;
/** Rows of batches that are not at their end lie on the disk, and nobody shall fill it. */
const MOST_OPEN = 20;
/** Open batches are among the latest ones, but for some that were stopped long ago. */
const LOOKED_AT = 200;
const TOO_MANY_WAIT_MS = 60_000;

export interface BatchUploadParts {
  readonly batches: Pick<BatchJournal, 'create' | 'jobs' | 'uploads'>;
  readonly inspecting: InspectingPool;
  readonly clock: () => number;
  readonly registers: Readonly<
    Record<'cpr' | 'ssn', { readonly isEmpty: () => boolean; readonly trouble: () => string | null }>
  >;
  readonly batchUploadBytes: number;
}

interface Taken {
  readonly job: Batch;
  /** Whether the same request began it before. */
  readonly isReplay: boolean;
}

/** Takes rows in as they come: refused as soon as it is known that they cannot be used, a job once all are kept. */
export function openBatchUpload(parts: BatchUploadParts, idempotency: Idempotency) {
  const { batches, inspecting, batchUploadBytes: most } = parts;

  async function take(request: FastifyRequest, caller: VidimusCaller): Promise<Taken | Refusal> {
    const reading = readBatchWish(request.query);
    if (reading.kind === 'refused') return { code: 'input-invalid', errors: reading.faults };
    const { question } = reading;
    const refusal =
      refusalBefore(caller, question) ?? refusalOfSize(request) ?? (await refusalOfMany(caller));
    if (refusal !== null) return refusal;
    const target = idempotency.keyOf(caller.asker.account, request);
    if (target !== null && 'code' in target) return target;
    const work = () => keep(request, caller, question, target);
    return target === null ? work() : idempotency.once({ key: target }, work);
  }

  /** What is known without the rows, so that nobody uploads a gigabyte in vain. */
  function refusalBefore({ blockedUntil, simulate }: VidimusCaller, { kind }: BatchQuestion): Refusal | null {
    const register = kind === 'cpr-validate' ? 'cpr' : 'ssn';
    if (register === 'cpr' && blockedUntil !== null) return blocked(blockedUntil, parts.clock());
    const { isEmpty, trouble } = parts.registers[register];
    if (isEmpty() || trouble() !== null || simulate === 'timeout') return { code: 'register-unavailable' };
    return simulate === '503' ? { code: 'ledger-unwritable' } : null;
  }

  function refusalOfSize({ headers }: FastifyRequest): Refusal | null {
    return Number(headers['content-length'] ?? 0) > most ? tooLarge() : null;
  }

  async function refusalOfMany({ asker: { account } }: VidimusCaller): Promise<Refusal | null> {
    const latest = await batches.jobs({ account, uploadedOnly: true, before: null, limit: LOOKED_AT });
    const open = latest.filter(({ state }) => state === 'running' || state === 'stopped');
    return open.length < MOST_OPEN ? null : { code: 'too-many-batches', waitMs: TOO_MANY_WAIT_MS };
  }

  function tooLarge(): Refusal {
    return { code: 'batch-too-large', detail: `The limit is ${most / 1024 / 1024} MiB.` };
  }

  async function keep(
    request: FastifyRequest,
    { asker }: VidimusCaller,
    question: BatchQuestion,
    target: Uint8Array | null,
  ): Promise<Taken | Refusal> {
    const name = { account: asker.account, id: makeId('bat_') };
    const body = slowBody(request.body as IncomingMessage, STALL_MS, LONGEST_UPLOAD_MS);
    const inspection = inspecting.begin(question.kind);
    const kept = await keepUpload(batches.uploads, name, body, inspection, most);
    if (kept.kind === 'too-large') return tooLarge();
    if (kept.kind === 'fault') return unreadable(kept);
    const job: NewBatch = {
      ...name,
      kind: question.kind,
      maxUnknown: question.maxUnknown ?? kept.rows,
      input: { bytes: kept.bytes, hash: kept.hash, rows: kept.rows },
      target,
      isUploaded: true,
      settings: {
        credential: asker.credential,
        reference: question.reference,
        purpose: question.purpose,
        input: null,
        output: null,
        format: kept.layout.format,
      },
    };
    const refusal = isAsTold(request, kept) ? null : formatDiffers();
    const created = refusal === null ? await batches.create(job, null) : null;
    if (created?.kind === 'created') return { job: created.job, isReplay: false };
    await batches.uploads.forget(name);
    if (refusal !== null) return refusal;
    if (created?.kind !== 'repeated') return { code: 'ledger-unwritable' };
    return isSame(created.job, job)
      ? { job: created.job, isReplay: true }
      : { code: 'idempotency-key-reused' };
  }

  return take;
}

function unreadable({ code, line, detail }: InputFault): Refusal {
  return {
    code: 'batch-unreadable',
    errors: [{ pointer: '', code, detail: `Line ${line}: ${detail}`, line }],
  };
}

function isAsTold({ headers }: FastifyRequest, { layout }: Inspected): boolean {
  return (headers['content-type']?.startsWith(CSV_TYPE) === true) === (layout.format === 'csv');
}

function formatDiffers(): Refusal {
  const detail = 'The rows are not written in what Content-Type names.';
  return { code: 'batch-unreadable', errors: [{ pointer: '', code: 'format-differs', detail, line: 1 }] };
}

/** Whether a job was asked for by the same request. */
function isSame(job: Batch, other: NewBatch): boolean {
  const { reference, purpose } = other.settings;
  return (
    Buffer.from(job.input.hash).equals(other.input.hash) &&
    job.kind === other.kind &&
    job.maxUnknown === other.maxUnknown &&
    job.settings.reference === reference &&
    job.settings.purpose === purpose
  );
}
