import { loadConfig } from '../../../packages/server/src/config/load.ts';
import { EVERY_RECORD } from '../../../packages/server/src/journal/records.ts';
import { openFolder, readLedger } from '../../../packages/server/src/open-house.ts';
import { SANDBOX_HOLDERS } from '../../../packages/server/src/sandbox/holders.ts';
import type { Place } from '../proof-store.ts';

/** Rows of one job: some chunks, so that there is a middle to be killed in. */
export const ROWS = 4000;

/** Every third row cannot be asked, for one reason or another; the others are the sandbox's holders. */
export function rowsOf(rows: number): string {
  const holders = SANDBOX_HOLDERS.filter(({ outcome }) => outcome !== 'notFound');
  let text = 'ssn,firstName,lastName,externalReference\n';
  for (let row = 1; row <= rows; row += 1) {
    const { ssn, firstName, lastName } = holders[row % holders.length] as (typeof holders)[number];
    text +=
      row % 3 === 0 ? `${ssn},,${lastName},case-${row}\n` : `${ssn},${firstName},${lastName},case-${row}\n`;
  }
  return text;
}

/** Whether each row that can be asked has one entry, in the order of the rows. */
export async function troubleInEntries({ path, environment }: Place, job: string): Promise<string[]> {
  const folder = await openFolder(loadConfig({ data: path, sandbox: true }, environment), Date.now);
  const records = await readLedger(folder, (reader) =>
    reader.records({ ...EVERY_RECORD, limit: Number.MAX_SAFE_INTEGER }),
  );
  await folder.close();
  const asked = records
    .toReversed()
    .flatMap(({ context }) => new RegExp(`batch ${job}, row (\\d+)`).exec(context ?? '')?.[1] ?? [])
    .map(Number);
  const expected = Array.from({ length: ROWS }, (_, at) => at + 1).filter(isAsked);
  if (asked.length !== new Set(asked).size) return ['a row is in the ledger twice'];
  if (JSON.stringify(asked) !== JSON.stringify(expected))
    return ['rows are missing in the ledger or out of order'];
  return [];
}

/** Neither without a first name nor with a number that can never have been issued. */
function isAsked(row: number): boolean {
  const holders = SANDBOX_HOLDERS.filter(({ outcome }) => outcome !== 'notFound');
  return row % 3 !== 0 && holders[row % holders.length]?.outcome !== 'invalidFormat';
}
