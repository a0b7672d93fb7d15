import { isFailure } from '../../failure.ts';
import type { Postgres } from '../../storage/database.ts';
import type { RecordKind } from '../record-kind.ts';
import type { OpenRegister } from '../register-store.ts';
import { unsealRecord } from '../sealed-record.ts';
import type { RoadKeys } from '../sealed-road.ts';
import { type SampleRow, STAND_IN_SAMPLE, type StandIn, standIn } from '../stand-in.ts';
import { oneByOne, type Reading, type ReadRecord } from './read-record.ts';
import { readRoad, readRoadNames } from './roads.ts';
import { type RegisterName, readState } from './state.ts';

/** An import or rollback by another process holds on a running server well within a second. */
const STATE_CHECK_MS = 200;

const SAMPLE = `
  select subject, sealed from register_record where register = $1 and generation <= $2 and sealed is not null
  limit ${STAND_IN_SAMPLE}`;

/** One state of the register; what is read of it stays true as long as it is in force. */
interface Generation {
  readonly number: number;
  readonly standIn: StandIn;
  readonly read: ReadRecord;
  readonly roadNames: Map<string, Promise<readonly string[]>>;
}

/** Opens a register in a database and follows which generation is in force until closed. */
export async function openPostgresRegister<T>(
  db: Postgres,
  register: RegisterName,
  keys: RoadKeys,
  kind: RecordKind<T>,
  takeNewKeys: () => Promise<void>,
  reading: Reading = oneByOne,
): Promise<OpenRegister<T>> {
  let open: Generation | null = null;
  let trouble: string | null = null;
  /** What was found wrong with the generation itself: that stays wrong until there is another one. */
  let damage: string | null = null;

  async function follow(): Promise<void> {
    try {
      const { generation } = await readState(db, register);
      trouble = generation === null ? 'nothing has been imported yet' : null;
      if (generation === (open?.number ?? null)) return;
      await takeNewKeys();
      open = generation === null ? null : await openGeneration(generation);
      damage = null;
    } catch {
      trouble = db.trouble() ?? 'the database cannot be asked';
    }
  }

  async function openGeneration(number: number): Promise<Generation> {
    const rows = (await db.all(SAMPLE, register, number)) as unknown as SampleRow[];
    const read = reading(db, register, number);
    return { number, read, standIn: standIn(rows, keys.register, kind), roadNames: new Map() };
  }

  await follow();
  let following = Promise.resolve();
  let isFollowing = false;
  const timer = setInterval(() => {
    if (isFollowing) return;
    isFollowing = true;
    following = follow().finally(() => {
      isFollowing = false;
    });
  }, STATE_CHECK_MS).unref();

  return {
    async find(subject) {
      if (open === null) return { kind: 'unreachable' };
      try {
        const { read, standIn } = open;
        const sealed = await read(subject);
        if (sealed === null) {
          standIn();
          return { kind: 'absent' };
        }
        return { kind: 'held', record: unsealRecord(kind, keys.register, subject, sealed) };
      } catch (error) {
        if (isFailure(error, 'sealed-damaged')) damage = 'a record does not open under its key';
        else trouble = db.trouble() ?? 'the database cannot be asked';
        return { kind: 'unreachable' };
      }
    },
    road: (code) => (open === null ? null : readRoad(db, keys, register, open.number, code)),
    async roadNames(postcode) {
      const generation = open;
      if (generation === null) return [];
      let names = generation.roadNames.get(postcode);
      if (names === undefined) {
        // Whoever asks meanwhile waits for the same answer; who asks after a failure asks again.
        names = readRoadNames(db, keys, register, generation.number, postcode);
        generation.roadNames.set(postcode, names);
        names.catch(() => generation.roadNames.delete(postcode));
      }
      return names;
    },
    trouble: () => trouble ?? damage,
    isEmpty: () => open === null && db.trouble() === null,
    async close() {
      clearInterval(timer);
      await following;
    },
  };
}
