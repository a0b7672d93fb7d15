import { isFailure } from '../../failure.ts';
import type { Keyring } from '../../storage/keyring.ts';
import type { DatabaseSync } from '../../storage/sqlite.ts';
import type { RecordKind } from '../record-kind.ts';
import type { OpenRegister } from '../register-store.ts';
import { unsealRecord } from '../sealed-record.ts';
import { type SampleRow, STAND_IN_SAMPLE, type StandIn, standIn } from '../stand-in.ts';
import { openGenerationFile } from './generation-file.ts';
import { Generations } from './generations.ts';
import { type RoadReader, roadReader } from './roads.ts';

/** An import or rollback by another process holds on a running server well within a second. */
const POINTER_CHECK_MS = 200;
const SAMPLE = `select subject, sealed from record limit ${STAND_IN_SAMPLE}`;

interface Generation {
  readonly name: string;
  readonly db: DatabaseSync;
  readonly find: (subject: Uint8Array) => Uint8Array | undefined;
  readonly roads: RoadReader;
  readonly standIn: StandIn;
}

/**
 * Opens an embedded register in its folder and follows its pointer until closed. A generation may be sealed under a
 * key that another process has just made: `takeNewKeys` is called before one is opened.
 */
export async function openRegister<T>(
  folder: string,
  keys: Pick<Keyring, 'register' | 'subject'>,
  kind: RecordKind<T>,
  takeNewKeys: () => Promise<void>,
): Promise<OpenRegister<T>> {
  const generations = new Generations(folder);
  let open: Generation | null = null;
  let trouble: string | null = null;
  /** What was found wrong with the generation itself: that stays wrong until there is another one. */
  let damage: string | null = null;

  async function follow(): Promise<void> {
    try {
      const name = generations.current();
      trouble = name === null ? 'nothing has been imported yet' : null;
      if (name === (open?.name ?? null)) return;
      await takeNewKeys();
      const next = name === null ? null : openGeneration(generations, name, keys, kind);
      open?.db.close();
      open = next;
      damage = null;
    } catch {
      trouble = 'the register file cannot be opened';
    }
  }
  await follow();
  let following = Promise.resolve();
  const timer = setInterval(() => {
    following = following.then(follow);
  }, POINTER_CHECK_MS).unref();

  return {
    find(subject) {
      if (open === null) return { kind: 'unreachable' };
      try {
        const sealed = open.find(subject);
        if (sealed === undefined) {
          open.standIn();
          return { kind: 'absent' };
        }
        const record = unsealRecord(kind, keys.register, subject, sealed);
        return { kind: 'held', record };
      } catch (error) {
        if (isFailure(error, 'sealed-damaged')) damage = 'a record does not open under its key';
        else trouble = 'the register file cannot be read';
        return { kind: 'unreachable' };
      }
    },
    road: (code) => open?.roads.road(code) ?? null,
    roadNames: (postcode) => open?.roads.names(postcode) ?? [],
    trouble: () => trouble ?? damage,
    isEmpty: () => open === null && generations.current() === null,
    async close() {
      clearInterval(timer);
      await following;
      open?.db.close();
      open = null;
    },
  };
}

function openGeneration<T>(
  generations: Generations,
  name: string,
  keys: Pick<Keyring, 'register' | 'subject'>,
  kind: RecordKind<T>,
): Generation {
  const db = openGenerationFile(generations, name);
  return {
    name,
    db,
    find: recordFinder(db),
    roads: roadReader(db, keys),
    standIn: standIn(db.prepare(SAMPLE).all() as unknown as SampleRow[], keys.register, kind),
  };
}

/** A row comes as an array: an object with the one name takes a quarter of the time of a read. */
function recordFinder(db: DatabaseSync): Generation['find'] {
  const statement = db.prepare('select sealed from record where subject = ?');
  statement.setReturnArrays(true);
  return (subject) => (statement.get(subject) as unknown as readonly [Uint8Array] | undefined)?.[0];
}
