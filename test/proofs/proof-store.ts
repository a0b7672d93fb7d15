import { cpSync } from 'node:fs';
import { startPostgres, temporaryFolder } from '@vidimus/testkit';

/** Where a server keeps its data, and what it must be started with to do so. */
export interface Place {
  readonly path: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** Makes empty places in one of the stores. */
export interface ProofStore {
  readonly name: 'sqlite' | 'postgres';
  newPlace(): Promise<Place>;
  /** The same data once more, to try a start again; a database, which a killed server leaves as it is, is its own copy. */
  copyOf(place: Place): Place;
  stop(): Promise<void>;
}

export const EMBEDDED: ProofStore = {
  name: 'sqlite',
  newPlace: async () => ({ path: temporaryFolder(), environment: {} }),
  copyOf({ path, environment }) {
    const copy = temporaryFolder();
    cpSync(path, copy, { recursive: true });
    return { path: copy, environment };
  },
  stop: async () => undefined,
};

/** A PostgreSQL of its own, with a database for each place. */
export async function postgresStore(): Promise<ProofStore> {
  const server = await startPostgres();
  return {
    name: 'postgres',
    async newPlace() {
      return { path: temporaryFolder(), environment: { VIDIMUS_DATABASE_URL: await server.database() } };
    },
    copyOf: (place) => place,
    stop: () => server.stop(),
  };
}

/** The store that `--store postgres` names; without it the embedded one. */
export function chosenStore(name: string): Promise<ProofStore> {
  if (name === 'postgres') return postgresStore();
  if (name !== 'sqlite') throw new Error('--store is sqlite or postgres.');
  return Promise.resolve(EMBEDDED);
}
