import type { Static } from 'typebox';
import type { RegisterList } from '../../contract/record-schema.ts';
import type { RegisterName } from '../../journal/entry.ts';

/** What is told of a register; what its store knows beyond that stays there. */
export interface RegisterFacts {
  readonly records: number;
  /** In ms. */
  readonly lastImport: number | null;
  readonly chain: readonly { readonly task: string; readonly productionDate: string }[];
}

const REGISTERS: readonly RegisterName[] = ['cpr', 'ssn'];

/** Both registers as they stand at `now` (ms); one that was never filled holds nothing. */
export async function registerList(
  factsOf: (register: RegisterName) => RegisterFacts | null | Promise<RegisterFacts | null>,
  now: number,
): Promise<Static<typeof RegisterList>> {
  const registers = await Promise.all(
    REGISTERS.map(async (register) => {
      const { records = 0, lastImport = null, chain = [] } = (await factsOf(register)) ?? {};
      return {
        register,
        records,
        lastImport: lastImport === null ? null : new Date(lastImport).toISOString(),
        ageSeconds: lastImport === null ? null : Math.max(0, Math.floor((now - lastImport) / 1000)),
        chain: chain.map(({ task, productionDate }) => ({ task, position: productionDate })),
      };
    }),
  );
  return { registers };
}
