import type { Command } from 'commander';
import type { SettingsWish } from '../accounts/settings.ts';
import { Failure } from '../failure.ts';

/** What an account may do, as flags. */
export interface WishFlags {
  readonly broker?: string[];
  readonly capability?: string[];
  readonly limit?: string[];
  readonly threshold?: string[];
  readonly weight?: string[];
  readonly deceasedNeedsName?: boolean;
}

/** Adds those flags to a command that makes or changes an account. */
export function withWish(command: Command): Command {
  return command
    .option('--broker <id...>', 'brokers it may ask; without it the embedded registers')
    .option('--capability <c...>', 'what it may do; without it every surface')
    .option(
      '--limit <k=v...>',
      'limits: rate=50 (requests per second), maxUnknown=500 (unknown numbers that batches may find in 24 h)',
    )
    .option('--threshold <k=v...>', 'scores from which a field matches, such as name=90')
    .option('--weight <k=v...>', 'what fields count in the overall score, such as address=30')
    .option('--deceased-needs-name', 'tell of a death only to who knows at least part of the name');
}

/** Only what was asked for is in it. */
export function wishOf(flags: WishFlags): SettingsWish {
  return {
    brokers: flags.broker,
    capabilities: flags.capability,
    limits: readNumbers('limit', flags.limit),
    thresholds: readNumbers('threshold', flags.threshold),
    weights: readNumbers('weight', flags.weight),
    deceasedNeedsName: flags.deceasedNeedsName,
  };
}

function readNumbers(what: string, given: readonly string[] = []): Record<string, number> {
  return Object.fromEntries(
    given.map((each) => {
      const [name = '', value = ''] = each.split('=', 2);
      if (!/^\d+$/.test(value))
        throw new Failure('input-invalid', `A ${what} is written name=number, not ${each}.`);
      return [name, Number(value)];
    }),
  );
}
