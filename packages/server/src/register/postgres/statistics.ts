import type { Sql } from '../../storage/sql.ts';
import type { RegisterStatistics } from '../statistics.ts';
import { type RegisterName, readState } from './state.ts';

/** Statistics of the generation in force; null before the first import. */
export async function postgresStatistics(
  sql: Sql,
  register: RegisterName,
): Promise<RegisterStatistics | null> {
  const { generation, previous } = await readState(sql, register);
  if (generation === null) return null;
  const tally = await sql.all(
    `select key, records from register_tally where register = $1 and generation = $2 and records > 0
     order by key`,
    register,
    generation,
  );
  const imports = await sql.get(
    'select count(*) as imports, max(at) as at from register_import where register = $1 and generation <= $2',
    register,
    generation,
  );
  const chain = await sql.all(
    'select task, production_date from register_chain where register = $1 and generation = $2 order by task',
    register,
    generation,
  );
  return {
    generation: String(generation).padStart(6, '0'),
    records: tally.reduce((sum, row) => sum + (row['records'] as number), 0),
    tally: Object.fromEntries(tally.map((row) => [row['key'] as string, row['records'] as number])),
    imports: (imports?.['imports'] as number | undefined) ?? 0,
    lastImport: (imports?.['at'] as number | null | undefined) ?? null,
    chain: chain.map((row) => ({
      task: row['task'] as string,
      productionDate: row['production_date'] as string,
    })),
    canRollBack: previous !== null,
  };
}
