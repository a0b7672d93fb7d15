import { parentPort, workerData } from 'node:worker_threads';
import { isFailedSync, openShared } from '../../storage/sqlite.ts';
import type { LedgerKeys } from '../ledger-keys.ts';
import { committer } from './commit.ts';
import { faultOf } from './fault.ts';
import type { WriterReply, WriterRequest } from './group-commit.ts';
import { LEDGER_MIGRATIONS } from './schema.ts';

/**
 * The worker thread that owns the ledger's write connection. One message is one transaction and one fsync.
 * After a failed fsync nobody can tell what is on disk, so from then on it refuses everything.
 */
const { path, keys } = workerData as { path: string; keys: LedgerKeys };
const port = parentPort;
if (port === null) throw new Error('The ledger writer runs as a worker thread only.');

const db = openShared(path, LEDGER_MIGRATIONS);
const commit = committer(db, keys);
let syncFailed = false;

port.on('message', (request: WriterRequest) => {
  port.postMessage(replyTo(request));
});
port.on('close', () => db.close());

function replyTo({ batch, now }: WriterRequest): WriterReply {
  if (syncFailed) return { kind: 'failed', fault: 'sync' };
  try {
    return { kind: 'committed', done: commit(batch, now) };
  } catch (error) {
    syncFailed = isFailedSync(error);
    return { kind: 'failed', fault: faultOf(error) };
  }
}
