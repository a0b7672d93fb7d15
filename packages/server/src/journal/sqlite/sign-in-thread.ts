import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Signing, TreeKey } from '../signing.ts';

/** What the signing thread is started with. */
export interface SigningOrder {
  readonly folder: string;
  readonly treeKey: TreeKey;
  readonly now: number;
  /** How old the newest checkpoint must be, in ms. */
  readonly youngest: number;
}

/**
 * Signs the tree in a thread that lives for this one signing: reading and hashing what was added takes a while, and
 * no question waits for it.
 */
export function signInThread(order: SigningOrder): Promise<Signing> {
  const { key, privateKey } = order.treeKey;
  const address = new URL(`./signing-thread${extname(import.meta.filename)}`, import.meta.url);
  return new Promise((resolve) => {
    const thread = new Worker(address, { workerData: { ...order, treeKey: { key, privateKey } } });
    thread.on('message', (signing: Signing) => resolve(signing));
    const gone = () => resolve({ kind: 'not-signed', code: 'unexpected' });
    thread.on('error', gone);
    thread.on('exit', gone);
    thread.unref();
  });
}
