/** A folder of the server, a file at its root, or a whole package, and what it may know of the others. */
interface Room {
  /** `everything` is every room but the testkit. */
  readonly imports: readonly string[] | 'everything';
  /** Rooms of which it may name types only: what it gets from there is handed to it as a parameter. */
  readonly types?: readonly string[];
  /** Imports no library and nothing of Node either, so that it runs anywhere and its tests need nothing. */
  readonly pure?: true;
}

/**
 * The directions of the house. A folder without a row of its own belongs to the row of the folder around it;
 * `<store>` stands for `sqlite` and `postgres`, `<surface>` for each surface. Everybody may import
 * `failure.ts`, everybody their own folder, and nobody the folder of a sibling under the same row.
 */
export const ROOMS: Readonly<Record<string, Room>> = {
  numbers: { imports: [], pure: true },
  matching: { imports: [], pure: true },
  ledger: { imports: [], pure: true },
  // The server is what its sandbox starts; nothing else of it is known.
  client: { imports: ['numbers', 'ledger', 'start-sandbox.ts'] },
  console: { imports: ['client'] },
  testkit: { imports: 'everything' },

  'failure.ts': { imports: [], pure: true },
  'version.ts': { imports: [] },
  'main.ts': { imports: ['cli'] },
  'assemble.ts': { imports: 'everything' },
  // Listens, sealed or open; what it listens with is assembled elsewhere.
  'start-server.ts': {
    imports: ['assemble.ts', 'http', 'open-house.ts', 'sealed-surfaces.ts'],
    types: ['config', 'operations', 'storage', 'workers'],
  },
  'sealed-surfaces.ts': { imports: ['surfaces/<surface>'], types: ['http'] },
  'start-sandbox.ts': { imports: ['config', 'operations', 'start-server.ts'] },
  // Puts the domain's parts together for the server and the commands alike; it knows no HTTP.
  'database-schemas.ts': {
    imports: ['journal/<store>', 'register/<store>', 'storage/postgres'],
  },
  'open-house.ts': {
    imports: [
      'accounts',
      'batch',
      'journal',
      'journal/audit',
      'journal/<store>',
      'limits',
      'limits/<store>',
      'numbers',
      'register',
      'register/<store>',
      'storage',
      'storage/postgres',
      'upstream',
      'verification',
    ],
    types: ['config', 'register/import'],
  },

  // The order of the one path is fixed here; register and ledger are handed to it.
  verification: { imports: ['limits', 'matching', 'numbers', 'person'], types: ['journal', 'register'] },
  person: { imports: ['numbers'], pure: true },

  register: { imports: ['numbers', 'person', 'storage'] },
  'register/<store>': { imports: ['numbers', 'person', 'register', 'storage', 'storage/postgres'] },
  'register/import': {
    imports: ['numbers', 'person', 'register', 'register/import/formats', 'storage'],
  },
  'register/import/formats': { imports: ['csv', 'numbers', 'person'] },
  upstream: { imports: ['numbers', 'person', 'register'] },

  limits: { imports: [], pure: true },
  'limits/<store>': { imports: ['limits', 'numbers', 'storage'] },

  journal: { imports: ['ledger', 'limits', 'storage'] },
  // What is asked of the ledger afterwards; it sees the store through the port only.
  'journal/audit': { imports: ['journal', 'ledger', 'limits', 'storage'] },
  // A store signs its own tree while serving, by the rule that audits sign by.
  'journal/<store>': {
    imports: ['journal', 'journal/audit', 'ledger', 'limits', 'storage', 'storage/postgres'],
  },

  // Cuts bytes into records, whatever they are about.
  csv: { imports: [] },
  // Reads JSON strictly, whatever it is about.
  json: { imports: [] },

  accounts: { imports: ['limits', 'storage'] },
  tokens: { imports: ['accounts', 'storage'] },
  // Register and ledger are handed to it, as to the verification that it asks row by row.
  batch: {
    imports: ['accounts', 'csv', 'journal', 'json', 'limits', 'numbers', 'storage', 'verification'],
    types: ['register', 'storage/postgres'],
  },
  // A thread of it opens the registers for itself.
  'batch-thread.ts': {
    imports: ['batch', 'open-house.ts', 'register', 'register/<store>', 'storage/postgres'],
    types: ['numbers', 'storage'],
  },

  // Works on one uploaded job, on a house of its own, as a command would.
  'batch-runner-thread.ts': {
    imports: ['batch', 'open-house.ts', 'verification'],
    types: ['config', 'journal'],
  },
  // Takes uploaded batches in and works on them while the server serves.
  'open-uploads.ts': { imports: ['batch'], types: ['config', 'open-house.ts', 'operations'] },

  http: { imports: ['json'] },
  // What every surface does alike before it reads a body.
  surfaces: { imports: ['http', 'limits', 'tokens', 'verification'], types: ['accounts', 'journal'] },
  // Never another surface, a store or `storage`: a surface knows HTTP and a vendor's spelling, nothing else.
  // Of the accounts it asks what a caller may do, which is a pure question.
  'surfaces/<surface>': {
    imports: [
      'accounts',
      'batch',
      'contract',
      'http',
      'journal',
      'limits',
      'numbers',
      'person',
      'register',
      'surfaces',
      'tokens',
      'verification',
    ],
  },

  // Our own questions and answers as documents, for the surface and the commands alike.
  contract: {
    imports: ['accounts', 'limits', 'matching', 'numbers', 'person', 'verification'],
    types: ['journal'],
  },

  // Copies of the files of a data folder, so it knows the stores that wrote them.
  backup: { imports: ['journal', 'journal/audit', 'journal/<store>', 'register/<store>', 'storage'] },
  storage: { imports: [] },
  'storage/postgres': { imports: ['storage'] },
  // Only the defaults of limits that can be set.
  config: { imports: ['limits', 'storage/postgres'] },
  // The doctor reads ledger and register as they lie on disk, also where they cannot be opened for work.
  operations: {
    imports: ['http', 'journal', 'journal/audit', 'journal/<store>', 'register', 'register/<store>'],
    types: ['config', 'storage', 'storage/postgres', 'workers'],
  },
  // Several processes that serve together: who starts them, and how they talk.
  workers: { imports: [] },
  // Renders the pages of `docs/`; it knows how to answer over HTTP, and nothing of what the pages are about.
  documentation: { imports: ['http'] },
  sandbox: {
    imports: [
      'accounts',
      'open-house.ts',
      'register',
      'register/<store>',
      'register/import',
      'register/import/formats',
      'storage',
    ],
  },
  // A command opens as little as it needs (listing accounts reads no register), so it reaches past the
  // house to single parts; what it never needs is HTTP.
  cli: {
    imports: [
      'accounts',
      'backup',
      'batch',
      'config',
      'contract',
      'database-schemas.ts',
      'journal',
      'journal/audit',
      'journal/<store>',
      'ledger',
      'limits',
      'matching',
      'numbers',
      'open-house.ts',
      'operations',
      'person',
      'register',
      'register/<store>',
      'register/import',
      'register/import/formats',
      'sandbox',
      'start-server.ts',
      // The keys command changes what everything is sealed with.
      'storage',
      'storage/postgres',
      'tokens',
      'verification',
      'workers',
      'version.ts',
    ],
  },
};

/** Where a file belongs: its row in the table, and the folder on disk that the row stands for here. */
export interface Place {
  readonly room: string;
  readonly folder: string;
}

const STORES = new Set(['sqlite', 'postgres']);

/** The place of a file of ours (from the repository's root); null when it has no row. */
export function placeOf(path: string): Place | null {
  const [packages, name = '', ...rest] = path.split('/');
  if (packages !== 'packages') return null;
  if (name !== 'server') return name in ROOMS ? { room: name, folder: name } : null;
  if (rest[0] !== 'src') return null;
  const inside = rest.slice(1);
  if (inside.length === 1) return placeAt(inside);
  for (let depth = inside.length - 1; depth > 0; depth--) {
    const place = placeAt(inside.slice(0, depth));
    if (place !== null) return place;
    if (STORES.has(inside[depth - 1] as string)) return null;
  }
  return null;
}

function placeAt(folders: readonly string[]): Place | null {
  const folder = folders.join('/');
  const last = folders.at(-1) as string;
  const parent = folders.slice(0, -1).join('/');
  const candidates = [folder, STORES.has(last) ? `${parent}/<store>` : '', `${parent}/<surface>`];
  const room = candidates.find((candidate) => Object.hasOwn(ROOMS, candidate));
  return room === undefined ? null : { room, folder };
}

export function mayImport(from: Place, to: Place, onlyTypes: boolean): boolean {
  if (from.folder === to.folder || to.room === 'failure.ts') return true;
  if (to.room === 'testkit') return false;
  const { imports, types = [] } = ROOMS[from.room] as Room;
  return imports === 'everything' || imports.includes(to.room) || (onlyTypes && types.includes(to.room));
}
