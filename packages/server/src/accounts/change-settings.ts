import { type AccountSettings, readSettings, type SettingsWish } from './settings.ts';

/** What can be taken back to what a new account has. */
export const RESETTABLE = ['brokers', 'capabilities', 'limits', 'thresholds', 'weights'] as const;
type Resettable = (typeof RESETTABLE)[number];

export interface SettingsChange extends SettingsWish {
  /** Taken back before the rest of the change is made. */
  readonly reset?: readonly Resettable[] | undefined;
}

/**
 * The settings after a change. Brokers and capabilities that are named replace the ones there were; a limit, threshold
 * or weight changes by itself. Fails with `input-invalid`, as for a new account.
 */
export function changeSettings(settings: AccountSettings, change: SettingsChange): AccountSettings {
  const kept = Object.fromEntries(
    Object.entries(wishFor(settings)).filter(([name]) => !change.reset?.some((reset) => reset === name)),
  ) as SettingsWish;
  return readSettings({
    brokers: change.brokers ?? kept.brokers,
    capabilities: change.capabilities ?? kept.capabilities,
    limits: { ...kept.limits, ...change.limits },
    thresholds: { ...kept.thresholds, ...change.thresholds },
    weights: { ...kept.weights, ...change.weights },
    deceasedNeedsName: change.deceasedNeedsName ?? kept.deceasedNeedsName,
  });
}

/** The wish that gives these settings. */
function wishFor({
  brokers,
  capabilities,
  limits,
  deceasedNeedsName,
  grading,
}: AccountSettings): SettingsWish {
  return {
    brokers: brokers ?? undefined,
    capabilities: capabilities ?? undefined,
    limits,
    deceasedNeedsName,
    ...grading,
  };
}
