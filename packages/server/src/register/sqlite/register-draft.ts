import { statSync } from 'node:fs';
import type { Keyring } from '../../storage/keyring.ts';
import type { DatabaseSync, StatementSync } from '../../storage/sqlite.ts';
import type { NotedRoad, RegisterDraft } from '../draft.ts';
import {
  countOf,
  type RowBatch,
  RowBatchBuilder,
  SUBJECT_BYTES,
  type Subjects,
  sealedAt,
  subjectAt,
} from '../row-batch.ts';
import { lockForChange } from './change-lock.ts';
import { beginDraftFile } from './draft-file.ts';
import { Generations, wholeUnder } from './generations.ts';
import { roadNotes } from './roads.ts';

/** A whole generation below this size is written anew within a second or two; a larger one may get a layer. */
const WORTH_A_LAYER_BYTES = 64 * 1024 * 1024;
/** A layer that holds more than this share of the records would slow every question down for no gain. */
const LARGEST_LAYER = 1 / 8;
/** What a sealed record has about, to begin a batch with. */
const LIKELY_BYTES = 256;
const NOTHING = new Uint8Array();

/** Begins a draft of the next generation; fails with `import-running` while another is at work. */
export function beginDraft(
  folder: string,
  keys: Pick<Keyring, 'register' | 'subject'>,
  worthALayerBytes = WORTH_A_LAYER_BYTES,
): RegisterDraft {
  const generations = new Generations(folder);
  const unlock = lockForChange(folder);
  try {
    return new EmbeddedDraft(generations, keys, worthALayerBytes, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

/**
 * The next generation while it is built. It becomes a whole one, into which what stays is copied stretch by stretch
 * between what an import changes, so that it is written from its first page to its last; or, where little changes in a
 * large register, a layer on the whole one in force.
 */
class EmbeddedDraft implements RegisterDraft {
  readonly isEmpty: boolean;
  readonly #generations: Generations;
  readonly #unlock: () => void;
  readonly #worthALayerBytes: number;
  readonly #db: DatabaseSync;
  readonly #noteRoad: ReturnType<typeof roadNotes>;
  readonly #upsert: StatementSync;
  readonly #remove: StatementSync;
  readonly #held: StatementSync | null;
  readonly #copy: StatementSync | null;
  #isLayer = false;
  /** Everything up to this subject has been copied. */
  #copiedTo: Uint8Array = NOTHING;

  constructor(
    generations: Generations,
    keys: Pick<Keyring, 'register' | 'subject'>,
    worthALayerBytes: number,
    unlock: () => void,
  ) {
    this.#generations = generations;
    this.#worthALayerBytes = worthALayerBytes;
    this.#unlock = unlock;
    const db = beginDraftFile(generations);
    this.#db = db;
    this.#noteRoad = roadNotes(db, keys);
    this.#upsert = db.prepare(`
      insert into main.record (subject, sealed) values (?, ?)
      on conflict (subject) do update set sealed = excluded.sealed`);
    this.#remove = db.prepare('delete from main.record where subject = ?');
    const isFirst = generations.current() === null;
    this.#held = isFirst ? null : db.prepare('select sealed from held_record where subject = ?');
    this.#copy = isFirst
      ? null
      : db.prepare(`
        insert into main.record
        select subject, sealed from held_record where subject > ? and subject <= ? order by subject`);
    this.isEmpty = isFirst || this.#recordsHeld() === 0;
  }

  expect(rows: number): Promise<void> {
    const current = this.#generations.current();
    if (current === null) return Promise.resolve();
    const whole = wholeUnder(current);
    const layerRows = whole === null ? 0 : this.#number('select count(*) as number from layer.record');
    const { size } = statSync(this.#generations.pathOf(whole ?? current));
    this.#isLayer = size >= this.#worthALayerBytes && rows + layerRows <= LARGEST_LAYER * this.#recordsHeld();
    if (!this.#isLayer) this.#db.exec('insert into main.road select * from held_road');
    else if (whole !== null) {
      this.#db.exec('insert into main.record select * from layer.record');
      this.#db.exec('insert into main.road select * from layer.road');
    }
    return Promise.resolve();
  }

  held(subjects: Subjects): Promise<RowBatch> {
    const rows = new RowBatchBuilder(countOf(subjects), countOf(subjects) * LIKELY_BYTES);
    for (let row = 0; row < countOf(subjects); row++) {
      const subject = subjectAt(subjects, row);
      rows.add(subject, (this.#held?.get(subject)?.['sealed'] as Uint8Array | undefined) ?? NOTHING);
    }
    return Promise.resolve(rows.finish());
  }

  replace(rows: RowBatch): Promise<void> {
    const count = countOf(rows.subjects);
    if (count > 0) this.#copyTo(subjectAt(rows.subjects, count - 1));
    for (let row = 0; row < count; row++) {
      const subject = subjectAt(rows.subjects, row);
      const sealed = sealedAt(rows, row);
      if (sealed.length === 0 && !this.#isLayer) this.#remove.run(subject);
      else this.#upsert.run(subject, sealed);
    }
    return Promise.resolve();
  }

  noteRoads(roads: readonly NotedRoad[]): Promise<void> {
    for (const { code, road } of roads) this.#noteRoad(code, road);
    return Promise.resolve();
  }

  count(tally: ReadonlyMap<string, number>): Promise<void> {
    const add = this.#db.prepare(`
      insert into main.tally (key, records) values (?, ?)
      on conflict (key) do update set records = records + excluded.records`);
    for (const [key, records] of tally) add.run(key, records);
    return Promise.resolve();
  }

  chainPosition(task: string): Promise<string | null> {
    const row = this.#db.prepare('select production_date from main.chain where task = ?').get(task);
    return Promise.resolve(row === undefined ? null : (row['production_date'] as string));
  }

  moveChain(task: string, productionDate: string): Promise<void> {
    const move = this.#db.prepare(`
      insert into main.chain (task, production_date) values (?, ?)
      on conflict (task) do update set production_date = excluded.production_date`);
    move.run(task, productionDate);
    return Promise.resolve();
  }

  adopt(report: object, at: number): Promise<void> {
    this.#copyTo(LAST_SUBJECT);
    this.#db.prepare('insert into main.import (at, report) values (?, ?)').run(at, JSON.stringify(report));
    this.#db.exec('commit');
    this.#db.close();
    const current = this.#generations.current();
    const whole = current === null ? null : (wholeUnder(current) ?? current);
    this.#generations.adoptDraft(this.#isLayer ? whole : null);
    this.#unlock();
    return Promise.resolve();
  }

  discard(): Promise<void> {
    if (this.#db.isOpen) this.#db.close();
    this.#generations.discardDraft();
    this.#unlock();
    return Promise.resolve();
  }

  /** Copies what is held up to a subject, that one too. */
  #copyTo(subject: Uint8Array): void {
    if (this.#copy === null || this.#isLayer) return;
    this.#copy.run(this.#copiedTo, subject);
    this.#copiedTo = Uint8Array.from(subject);
  }

  #recordsHeld(): number {
    return this.#number('select coalesce(sum(records), 0) as number from main.tally');
  }

  #number(sql: string): number {
    return this.#db.prepare(sql).get()?.['number'] as number;
  }
}

const LAST_SUBJECT = new Uint8Array(SUBJECT_BYTES).fill(0xff);
