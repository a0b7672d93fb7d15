import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { mayUse } from '../../accounts/settings.ts';
import { giveUp } from '../../batch/give-up.ts';
import type { Pace } from '../../batch/pace.ts';
import { batchDocument } from '../../contract/batch-answer.ts';
import { BatchDocument, BatchPage, BatchPageWish, BatchWish } from '../../contract/batch-schema.ts';
import { fault } from '../../contract/faults.ts';
import { readPageWish } from '../../contract/page-wish.ts';
import type { Batch, BatchJournal } from '../../journal/batch-journal.ts';
import { CSV_TYPE, JSONL_TYPE, mediaTypeOf, resultsOf } from './batch-results.ts';
import { type BatchUploadParts, openBatchUpload, UPLOAD_TYPES } from './batch-upload.ts';
import type { VidimusCaller } from './callers.ts';
import { read, results, upload } from './described.ts';
import type { Idempotency } from './idempotency.ts';
import { refuse } from './refusals.ts';
import type { Answer, Route } from './route.ts';

export interface BatchParts extends BatchUploadParts {
  readonly batches: BatchJournal;
  readonly uploadQueue: { readonly nudge: () => void; readonly paceOf: (job: Batch) => Pace | null };
  /** How long results are kept, in ms. */
  readonly keepBatchesForMs: number;
}

const Id = Type.Object({ id: Type.String({ description: 'The `id` of a batch.' }) });
const pageWishes = Compile(BatchPageWish);

/** Many questions as one job: rows in, and when they are done results out. */
export function batchRoutes(parts: BatchParts, idempotency: Idempotency): readonly Route[] {
  const { batches, uploadQueue, keepBatchesForMs: keepForMs } = parts;
  const documentOf = (job: Batch): BatchDocument =>
    batchDocument(job, { pace: uploadQueue.paceOf(job), keepForMs });
  const send = (reply: FastifyReply, job: Batch): FastifyReply => reply.send(documentOf(job));
  const takeUpload = openBatchUpload(parts, idempotency);

  /** Whoever may not run batches learns nothing of any. */
  const allowed =
    (answer: Answer): Answer =>
    async (request, reply, caller) =>
      mayUse(caller.account.settings, 'batch')
        ? answer(request, reply, caller)
        : refuse(request, reply, { code: 'batch-not-allowed' });

  const withBatch = (
    answer: (job: Batch, request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>,
  ): Answer =>
    allowed(async (request, reply, { asker }: VidimusCaller) => {
      const { id } = request.params as { id: string };
      const job = await batches.job({ account: asker.account, id });
      if (job === null || !job.isUploaded) return refuse(request, reply, { code: 'batch-unknown' });
      return answer(job, request, reply);
    });

  return [
    {
      method: 'POST',
      url: '/batches',
      isQuestion: false,
      streams: UPLOAD_TYPES,
      schema: {
        querystring: BatchWish,
        ...upload(
          {
            operationId: 'createBatch',
            tag: 'Batches',
            summary: 'Upload rows to be validated or verified',
            description:
              'CPR rows are validated, SSN rows verified, each as a single question would be. Columns are named as the fields of a request.',
          },
          UPLOAD_TYPES,
          BatchDocument,
        ),
      },
      answer: allowed(async (request, reply, caller) => {
        const taken = await takeUpload(request, caller);
        if ('code' in taken) return refuse(request, reply, taken);
        uploadQueue.nudge();
        if (taken.isReplay) reply.header('Idempotency-Replayed', 'true');
        return send(reply.code(202).header('Location', documentOf(taken.job).links.self), taken.job);
      }),
    },
    {
      method: 'GET',
      url: '/batches',
      isQuestion: false,
      schema: {
        querystring: BatchPageWish,
        ...read(
          { operationId: 'batches', tag: 'Batches', summary: 'The account’s batches, newest first' },
          BatchPage,
          'batch-not-allowed',
          'input-invalid',
        ),
      },
      answer: allowed(async (request, reply, { asker: { account } }) => {
        const reading = readPageWish<BatchPageWish>(pageWishes, request.query);
        if (reading.kind === 'refused') {
          return refuse(request, reply, { code: 'input-invalid', errors: reading.faults });
        }
        const { cursor, limit } = reading.question;
        const before = cursor === undefined ? null : await batches.job({ account, id: cursor });
        if (cursor !== undefined && before === null) {
          return refuse(request, reply, { code: 'input-invalid', errors: [fault('cursor', 'not-offered')] });
        }
        const found = await batches.jobs({ account, uploadedOnly: true, before, limit: limit + 1 });
        const page = found.slice(0, limit);
        const next = found.length > limit ? (page.at(-1)?.id ?? null) : null;
        return reply.send({ batches: page.map(documentOf), next } satisfies BatchPage);
      }),
    },
    {
      method: 'GET',
      url: '/batches/:id',
      isQuestion: false,
      schema: {
        params: Id,
        ...read(
          { operationId: 'batch', tag: 'Batches', summary: 'How far a batch is' },
          BatchDocument,
          'batch-not-allowed',
          'batch-unknown',
        ),
      },
      answer: withBatch(async (job, _request, reply) => send(reply, job)),
    },
    {
      method: 'GET',
      url: '/batches/:id/results',
      isQuestion: false,
      schema: {
        params: Id,
        ...results(
          {
            operationId: 'batchResults',
            tag: 'Batches',
            summary: 'The results, in the order of the rows',
            description:
              'In the format of the upload, unless `Accept` names the other one. Of a batch that is stopped or failed, as far as it came.',
          },
          [CSV_TYPE, JSONL_TYPE],
        ),
      },
      answer: withBatch(async (job, request, reply) => {
        if (job.state === 'running') {
          return refuse(request, reply, { code: 'batch-running', waitMs: waitOf(uploadQueue.paceOf(job)) });
        }
        if (job.forgottenAt !== null || job.state === 'cancelled') {
          return refuse(request, reply, { code: 'batch-forgotten' });
        }
        const type = mediaTypeOf(job, request.headers.accept);
        return reply.type(`${type}; charset=utf-8`).send(Readable.from(resultsOf(batches, job, type)));
      }),
    },
    {
      method: 'POST',
      url: '/batches/:id/resume',
      isQuestion: false,
      schema: {
        params: Id,
        ...read(
          { operationId: 'resumeBatch', tag: 'Batches', summary: 'Let a stopped batch go on' },
          BatchDocument,
          'batch-not-allowed',
          'batch-unknown',
          'batch-ended',
          'body-too-large',
          'media-type-unsupported',
        ),
      },
      answer: withBatch(async (job, request, reply) => {
        const turned = await batches.turn(job, ['stopped'], 'running', null);
        if (turned.kind === 'not-recorded') return refuse(request, reply, { code: 'ledger-unwritable' });
        const after = turned.job ?? job;
        if (after.state !== 'running') return refuse(request, reply, { code: 'batch-ended' });
        uploadQueue.nudge();
        return send(reply, after);
      }),
    },
    {
      method: 'DELETE',
      url: '/batches/:id',
      isQuestion: false,
      schema: {
        params: Id,
        ...read(
          {
            operationId: 'deleteBatch',
            tag: 'Batches',
            summary: 'End a batch, and delete its rows and results',
            description: 'What was asked by then stays in the ledger. The batch itself is told as cancelled.',
          },
          BatchDocument,
          'batch-not-allowed',
          'batch-unknown',
          'body-too-large',
          'media-type-unsupported',
        ),
      },
      answer: withBatch(async (job, _request, reply) => {
        await giveUp(batches, job);
        return send(reply, (await batches.job(job)) ?? job);
      }),
    },
  ];
}

const SHORTEST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 60_000;

/** When it is worth asking again. */
function waitOf(pace: Pace | null): number {
  const left = pace?.secondsLeft ?? 0;
  return Math.min(LONGEST_WAIT_MS, Math.max(SHORTEST_WAIT_MS, left * 1000));
}
