import { Failure, isFailure } from '../../failure.ts';
import type { Sql } from '../../storage/sql.ts';

export type RegisterName = 'cpr' | 'ssn';

/** Which generations there are; null where there is none. */
export interface RegisterState {
  readonly generation: number | null;
  readonly previous: number | null;
  /** The highest number ever given: none is used twice, so that by the number one sees that there is something new. */
  readonly newest: number;
}

const NOTHING: RegisterState = { generation: null, previous: null, newest: 0 };

export async function readState(sql: Sql, register: RegisterName): Promise<RegisterState> {
  const row = await sql.get(
    'select generation, previous, newest from register_state where register = $1',
    register,
  );
  return row === undefined ? NOTHING : (row as unknown as RegisterState);
}

/** Reads the state and keeps everybody else from changing it until the transaction ends, however it ends. */
export async function lockState(sql: Sql, register: RegisterName): Promise<RegisterState> {
  try {
    const row = await sql.get(
      'select generation, previous, newest from register_state where register = $1 for update nowait',
      register,
    );
    return row as unknown as RegisterState;
  } catch (error) {
    throw isFailure(error, 'storage-busy') ? new Failure('import-running', undefined, error) : error;
  }
}

/** Makes the row that {@link lockState} needs, outside any transaction. */
export async function makeState(sql: Sql, register: RegisterName): Promise<void> {
  await sql.run(
    'insert into register_state (register, newest) values ($1, 0) on conflict (register) do nothing',
    register,
  );
}
