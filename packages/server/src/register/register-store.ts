import type { RegisterDraft } from './draft.ts';
import type { RecordKind } from './record-kind.ts';
import type { Finding } from './register.ts';
import type { Road, RoadCode } from './road.ts';
import type { RegisterStatistics } from './statistics.ts';

/** One register as a store keeps it: asked by questions, filled by imports, put back, counted and sealed anew. */
export interface RegisterStore {
  /** Opens it for questions. `takeNewKeys` is called before what another process may have sealed is read. */
  open<T>(kind: RecordKind<T>, takeNewKeys: () => Promise<void>): Promise<OpenRegister<T>>;
  /** Begins its next state; fails with `import-running` while another is at work. */
  begin(): Promise<RegisterDraft>;
  /** Null before the first import. Fails with `register-unreadable`. */
  statistics(): Promise<RegisterStatistics | null>;
  /** Back to before the last import; fails with `rollback-impossible` when nothing older is kept. */
  rollBack(): Promise<void>;
  /** Records and roads that are still sealed under an older key. */
  countStale(): Promise<number>;
  /** Seals them under the newest key; how many there were. */
  reseal(): Promise<number>;
}

/** A register that follows imports and rollbacks, whoever does them, until it is closed. */
export interface OpenRegister<T> {
  find(subject: Buffer): Finding<T> | Promise<Finding<T>>;
  /** Null where no person's address has named it. */
  road(code: RoadCode): Road | null | Promise<Road | null>;
  /** Full names where they are known, else addressing names. */
  roadNames(postcode: string): readonly string[] | Promise<readonly string[]>;
  /** Null when it can answer, else why it cannot. */
  readonly trouble: () => string | null;
  /** Whether nothing has been imported yet. */
  readonly isEmpty: () => boolean;
  close(): Promise<void>;
}
