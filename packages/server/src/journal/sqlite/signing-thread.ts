import { parentPort, workerData } from 'node:worker_threads';
import { isFailure } from '../../failure.ts';
import { signTree } from '../audit/sign-tree.ts';
import { signWith } from '../ledger-signer.ts';
import type { Signing } from '../signing.ts';
import type { SigningOrder } from './sign-in-thread.ts';
import { openStoredLedger } from './stored-ledger.ts';

/** The thread of one signing; its only message is what became of it. */
parentPort?.postMessage(await signed(workerData as SigningOrder));

async function signed({ folder, treeKey, now, youngest }: SigningOrder): Promise<Signing> {
  try {
    const stored = await openStoredLedger(folder);
    try {
      const signer = { key: treeKey.key, sign: signWith(treeKey) };
      const { size } = await signTree(stored, signer, now, youngest);
      return { kind: 'signed', size };
    } finally {
      await stored.close();
    }
  } catch (error) {
    return { kind: 'not-signed', code: isFailure(error) ? error.code : 'unexpected' };
  }
}
