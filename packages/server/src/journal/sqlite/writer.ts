import { parentPort, workerData } from 'node:worker_threads';
import { openShared } from '../../storage/sqlite.ts';
import type { LedgerKeys } from '../ledger-keys.ts';
import { committer, type Work } from './commit.ts';
import { faultOf } from './fault.ts';
import type { WriterReply, WriterRequest } from './group-commit.ts';
import { LEDGER_MIGRATIONS } from './schema.ts';

/**
 * The worker thread that owns the ledger's write connection. One batch is one transaction and one fsync.
 */
const { path, keys } = workerData as { path: string; keys: LedgerKeys };
const port = parentPort;
if (port === null) throw new Error('The ledger writer runs as a worker thread only.');

const db = openShared(path, LEDGER_MIGRATIONS);
// The pages of the block being written are kept in memory, and written to the database once for many entries: by
// itself SQLite keeps 2 MB, and writes back after every 4 MB of log. So 32 MB are read at most when it is opened again.
db.exec('pragma cache_size = -16384; pragma wal_autocheckpoint = 8192');
let commit = committer(db, keys);

port.on('message', (request: WriterRequest) => {
  if (request.kind === 'keys') commit = committer(db, request.keys);
  else port.postMessage(replyTo(request.batch, request.now));
});
port.on('close', () => db.close());
port.postMessage({ kind: 'started' } satisfies WriterReply);

function replyTo(batch: readonly Work[], now: number): WriterReply {
  try {
    return { kind: 'committed', done: commit(batch, now) };
  } catch (error) {
    return { kind: 'failed', fault: faultOf(error) };
  }
}
