import { setTimeout as delay } from 'node:timers/promises';
import type { Postgres, UnhurriedLine } from '../../storage/database.ts';
import type { Sql } from '../../storage/sql.ts';
import type { RegisterDraft } from '../draft.ts';
import { countOf, type RowBatch, RowBatchBuilder, type Subjects, subjectAt } from '../row-batch.ts';
import { postcodeKey, type RoadKeys, roadKey, sealRoad } from '../sealed-road.ts';
import { COPY_RECORDS, recordsToCopy } from './copy-rows.ts';
import { deleteAfter, deleteSuperseded } from './kept-generations.ts';
import { lockState, makeState, type RegisterName } from './state.ts';

const LIKELY_BYTES = 256;
/** How long a database may take to let go of an import that is given up. */
const FAREWELL_MS = 1000;
const NO_BYTES = new Uint8Array();

/**
 * Begins the next generation in one transaction on a connection of its own: nobody sees any of it before it is
 * committed, and what a dying process leaves is undone by the database.
 */
export async function beginPostgresDraft(
  db: Postgres,
  register: RegisterName,
  keys: RoadKeys,
): Promise<RegisterDraft> {
  const line = await db.openLine();
  try {
    await makeState(line, register);
    await line.run('begin isolation level read committed');
    return await draftOn(line, register, keys);
  } catch (error) {
    line.close();
    throw error;
  }
}

async function draftOn(line: UnhurriedLine, register: RegisterName, keys: RoadKeys): Promise<RegisterDraft> {
  const { generation, previous, newest } = await lockState(line, register);
  const next = newest + 1;
  const before = generation ?? 0;
  // What a rollback took out of force.
  await deleteAfter(line, register, before);
  await carryOver(line, register, before, next);

  return {
    isEmpty: generation === null,
    expect: () => Promise.resolve(),
    held: (subjects) => heldRows(line, register, before, subjects),
    replace: (rows) => line.copy(COPY_RECORDS, recordsToCopy(rows, register, next)),
    async noteRoads(roads) {
      for (const { code, road } of roads) {
        const key = roadKey(keys, code);
        await line.run(
          `insert into register_road (register, code, generation, postcode, sealed) values ($1, $2, $3, $4, $5)
           on conflict (register, code, generation) do update
           set postcode = excluded.postcode, sealed = excluded.sealed`,
          register,
          key,
          next,
          postcodeKey(keys, road.postcode),
          sealRoad(keys, key, road),
        );
      }
    },
    async count(tally) {
      for (const [key, records] of tally) {
        await line.run(
          `insert into register_tally (register, generation, key, records) values ($1, $2, $3, $4)
           on conflict (register, generation, key) do update
           set records = register_tally.records + excluded.records`,
          register,
          next,
          key,
          records,
        );
      }
    },
    async chainPosition(task) {
      const row = await line.get(
        'select production_date from register_chain where register = $1 and generation = $2 and task = $3',
        register,
        next,
        task,
      );
      return (row?.['production_date'] as string | undefined) ?? null;
    },
    async moveChain(task, productionDate) {
      await line.run(
        `insert into register_chain (register, generation, task, production_date) values ($1, $2, $3, $4)
         on conflict (register, generation, task) do update set production_date = excluded.production_date`,
        register,
        next,
        task,
        productionDate,
      );
    },
    async adopt(report, at) {
      await line.run(
        'insert into register_import (register, generation, at, report) values ($1, $2, $3, $4)',
        register,
        next,
        at,
        JSON.stringify(report),
      );
      if (previous !== null) await deleteSuperseded(line, register, before);
      await line.run(
        'update register_state set generation = $2, previous = $3, newest = $2 where register = $1',
        register,
        next,
        generation,
      );
      await line.run('commit');
      line.close();
    },
    async discard() {
      // Whoever begins again at once finds no lock. A database that is gone undoes by itself what is not committed.
      const undone = line.run('rollback').catch(() => 0);
      await Promise.race([undone, delay(FAREWELL_MS, undefined, { ref: false })]);
      line.close();
    },
  };
}

/** Chain and tally of a generation begin as those of the one before. */
async function carryOver(sql: Sql, register: RegisterName, from: number, to: number): Promise<void> {
  await sql.run(
    `insert into register_chain (register, generation, task, production_date)
     select register, $3::bigint, task, production_date from register_chain where register = $1 and generation = $2`,
    register,
    from,
    to,
  );
  await sql.run(
    `insert into register_tally (register, generation, key, records)
     select register, $3::bigint, key, records from register_tally where register = $1 and generation = $2`,
    register,
    from,
    to,
  );
}

async function heldRows(
  sql: Sql,
  register: RegisterName,
  generation: number,
  subjects: Subjects,
): Promise<RowBatch> {
  const count = countOf(subjects);
  const found = await sql.all(
    `select subject, sealed from register_record
     where subject = any($1::bytea[]) and register = $2 and generation <= $3 order by generation`,
    arrayOf(subjects),
    register,
    generation,
  );
  // Of a subject's rows the last one stays.
  const held = new Map(
    found.map((row) => [hex(row['subject'] as Uint8Array), row['sealed'] as Uint8Array | null]),
  );
  const rows = new RowBatchBuilder(count, count * LIKELY_BYTES);
  for (let row = 0; row < count; row++) {
    const subject = subjectAt(subjects, row);
    rows.add(subject, held.get(hex(subject)) ?? NO_BYTES);
  }
  return rows.finish();
}

/** Subjects as the text of an array of bytes. */
function arrayOf(subjects: Subjects): string {
  const elements = Array.from(
    { length: countOf(subjects) },
    (_, row) => `"\\\\x${hex(subjectAt(subjects, row))}"`,
  );
  return `{${elements.join(',')}}`;
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}
