import { openAsBlob } from 'node:fs';
import { openVidimus } from '@vidimus/client';

interface UploadedRun {
  readonly uploadSeconds: number;
  /** From the end of the upload to the end of the batch, by the ledger's clock. */
  readonly rowsPerSecond: number;
}

/** Uploads a batch and waits until the server has worked it off. */
export async function uploadedRun(url: string, apiKey: string, input: string): Promise<UploadedRun> {
  const { batches } = openVidimus({ url, apiKey });
  const question = { register: 'cpr', reference: 'bench', purpose: 'Measuring' } as const;
  const begun = performance.now();
  const { id } = await batches.create(question, { format: 'csv', content: await openAsBlob(input) });
  const uploadSeconds = (performance.now() - begun) / 1000;
  const { state, rows, createdAt, endedAt } = await batches.wait(id, { everyMs: 500 });
  if (state !== 'finished' || endedAt === null) throw new Error(`The batch ended as ${state}`);
  await batches.delete(id);
  return {
    uploadSeconds,
    rowsPerSecond: Math.round((rows * 1000) / (Date.parse(endedAt) - Date.parse(createdAt))),
  };
}
