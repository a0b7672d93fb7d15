import { isFailure } from '../../failure.ts';
import type { Postgres } from '../../storage/database.ts';
import { signTree } from '../audit/sign-tree.ts';
import { signWith } from '../ledger-signer.ts';
import type { Signing, SigningState, TreeKey } from '../signing.ts';
import { openStoredLedger } from './stored-ledger.ts';

/**
 * Signs the tree: what was added is read back in pages, between which questions are answered. `now` and `youngest`
 * in ms.
 */
export async function signStored(
  db: Postgres,
  treeKey: TreeKey,
  now: number,
  youngest: number,
): Promise<Signing> {
  try {
    const signer = { key: treeKey.key, sign: signWith(treeKey) };
    const { size } = await signTree(openStoredLedger(db), signer, now, youngest);
    return { kind: 'signed', size };
  } catch (error) {
    return { kind: 'not-signed', code: isFailure(error) ? error.code : 'unexpected' };
  }
}

/** How much of the ledger is signed. */
export async function signingState(db: Postgres): Promise<SigningState> {
  const tree = await db.get('select size from ledger_tree where only_row = 1');
  const newest = await db.get('select size, at from checkpoint order by size desc limit 1');
  return {
    entries: tree?.['size'] as number,
    newest: newest === undefined ? null : { size: newest['size'] as number, at: newest['at'] as number },
  };
}
