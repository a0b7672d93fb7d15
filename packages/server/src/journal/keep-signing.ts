import type { Journal } from './journal.ts';
import { isYoung, type Signing, type SigningState, type TreeKey } from './signing.ts';

export interface KeepSigningParts {
  readonly journal: Pick<Journal, 'signing' | 'signTree' | 'now'>;
  /** Opened anew each time, since the key may have been rotated. */
  readonly treeKey: () => TreeKey | Promise<TreeKey>;
  /** The newest checkpoint is at most about so old, in ms, while entries are added. */
  readonly every: number;
  /** Is told when signing begins to fail, and with null when it works again. */
  readonly report: (code: string | null) => void;
}

export interface KeptSigned {
  /** Why nothing can be signed any more; null while it can, also where it just failed for a passing reason. */
  readonly trouble: () => string | null;
  /** Signs what is left, unless that takes too long, and stops. */
  readonly close: () => Promise<void>;
}

/** Often enough that a checkpoint is hardly later than it should be; a look reads two rows. */
const LOOKS_PER_PERIOD = 10;
const LONGEST_LOOK_MS = 10_000;
/** A shutdown has 24 s for everything; what is not signed by then is by the next start. */
const LAST_SIGNING_MS = 5000;

/**
 * Has the tree signed again and again while it grows, so that whoever copies an older ledger back cannot hide more
 * than the last few minutes from who holds a checkpoint. Several processes may do so on one ledger: each looks at
 * the newest checkpoint, whoever made it.
 */
export function keepSigning({ journal, treeKey, every, report }: KeepSigningParts): KeptSigned {
  let failed: string | null = null;
  let underWay: Promise<void> | null = null;

  async function sign(youngest: number): Promise<void> {
    const state = await journal.signing();
    if (!isDue(state, journal.now(), youngest)) return;
    const result = await journal.signTree(await treeKey(), youngest);
    const code = codeOf(result);
    if (code !== failed) report(code);
    failed = code;
  }
  const attempt = (youngest: number): Promise<void> => {
    underWay ??= sign(youngest)
      .catch(() => {
        if (failed === null) report('unexpected');
        failed = 'unexpected';
      })
      .finally(() => {
        underWay = null;
      });
    return underWay;
  };
  const watch = setInterval(
    () => void attempt(every),
    Math.min(every / LOOKS_PER_PERIOD, LONGEST_LOOK_MS),
  ).unref();

  return {
    trouble: () =>
      failed === 'ledger-unreadable' ? 'the stored entries do not give the tree; run audit verify' : null,
    async close() {
      clearInterval(watch);
      await underWay;
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, LAST_SIGNING_MS);
      });
      await Promise.race([attempt(0), late]);
      clearTimeout(timer);
    },
  };
}

/** Also where more entries were signed than there are: that is found when somebody tries to sign them. */
function isDue({ entries, newest }: SigningState, now: number, youngest: number): boolean {
  return newest === null ? entries > 0 : entries !== newest.size && !isYoung(newest, now, youngest);
}

function codeOf(result: Signing): string | null {
  return result.kind === 'signed' ? null : result.code;
}
