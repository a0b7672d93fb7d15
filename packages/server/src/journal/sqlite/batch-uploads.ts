import { existsSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../failure.ts';
import { isStale, type SealingKeys, seal, unseal } from '../../storage/sealing.ts';
import type { BatchName, BatchUploads } from '../batch-journal.ts';
import { pieceTag } from '../batch-row.ts';
import { batchesFolder } from './batch-claim.ts';

/** A piece that is being sealed anew; it takes the place of the old one at once. */
const FRESH = '.fresh';

/**
 * Uploads of a data folder: a folder for each, a sealed file for each piece. Files, and not rows of the ledger: what is
 * deleted gives its room back, and nobody waits for the ledger's lock while a gigabyte comes in.
 *
 * @param keys are looked at with every use, so that newer ones count at once
 */
export function batchUploads(
  dataFolder: string,
  keys: SealingKeys,
  isRead: (id: string) => boolean,
): BatchUploads {
  const all = batchesFolder(dataFolder);
  const folderOf = ({ id }: BatchName): string => join(all, id);

  return {
    async keep(job, number, piece) {
      await mkdir(folderOf(job), { recursive: true, mode: 0o700 });
      const sealed = seal(keys, pieceTag(job.id, number), piece);
      await write(folderOf(job), String(number), sealed);
    },
    async piece(job, number) {
      const sealed = await readIfThere(join(folderOf(job), String(number)));
      return sealed === null ? null : unseal(keys, pieceTag(job.id, number), sealed);
    },
    forget: (job) => rm(folderOf(job), { recursive: true, force: true }),
    async forgetStrays(before) {
      for (const id of await uploadsIn(dataFolder)) {
        const folder = join(all, id);
        const facts = await stat(folder).catch(() => null);
        if (facts !== null && facts.mtimeMs < before && !isRead(id)) await rm(folder, { recursive: true });
      }
    },
  };
}

/** Seals anew what is sealed under older keys; how many pieces there were. Killed in the middle, the next call goes on. */
export async function resealUploads(dataFolder: string, keys: SealingKeys): Promise<number> {
  let done = 0;
  for await (const { id, folder, name, sealed } of stalePieces(dataFolder, keys)) {
    const tag = pieceTag(id, Number(name));
    await write(folder, name, seal(keys, tag, unseal(keys, tag, sealed)));
    done += 1;
  }
  return done;
}

export async function countStalePieces(dataFolder: string, keys: SealingKeys): Promise<number> {
  let count = 0;
  for await (const _piece of stalePieces(dataFolder, keys)) count += 1;
  return count;
}

async function* stalePieces(dataFolder: string, keys: SealingKeys) {
  for (const id of await uploadsIn(dataFolder)) {
    const folder = join(batchesFolder(dataFolder), id);
    // A job that ends meanwhile takes its upload along.
    for (const name of await readdir(folder).catch(() => [])) {
      const sealed = name.endsWith(FRESH) ? null : await readIfThere(join(folder, name));
      if (sealed !== null && isStale(keys, sealed)) yield { id, folder, name, sealed };
    }
  }
}

async function uploadsIn(dataFolder: string): Promise<string[]> {
  const all = batchesFolder(dataFolder);
  if (!existsSync(all)) return [];
  const entries = await readdir(all, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

/** Puts a file in its place whole, and on disk. Fails with `ledger-unwritable` where there is no room. */
async function write(folder: string, name: string, bytes: Uint8Array): Promise<void> {
  try {
    const fresh = join(folder, `${name}${FRESH}`);
    const file = await open(fresh, 'w', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(fresh, join(folder, name));
    const entries = await open(folder, 'r');
    try {
      await entries.sync();
    } finally {
      await entries.close();
    }
  } catch (error) {
    throw new Failure('ledger-unwritable', '(upload)', error);
  }
}

async function readIfThere(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
