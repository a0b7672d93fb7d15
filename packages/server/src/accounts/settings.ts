import { Failure } from '../failure.ts';
import { DEFAULT_MAX_UNKNOWN } from '../limits/batch-budget.ts';

/** The surfaces that an account can be held to. */
export const SURFACES = ['ssn-details', 'cpr', 'ssn-verification', 'vidimus'] as const;
type Surface = (typeof SURFACES)[number];

/** What nobody may do without being given it by name. */
const EXTRAS = ['batch', 'protected.compare'] as const;
type Extra = (typeof EXTRAS)[number];

export type Capability = Extra | Surface;

/** `least`, and `most`, beyond which a figure is a slip of the keyboard. A burst may be as large as the rate. */
const LIMITS = {
  rate: { usual: 200, least: 1, most: 1_000_000, what: 'requests per second' },
  maxUnknown: {
    usual: DEFAULT_MAX_UNKNOWN,
    least: 0,
    most: 1_000_000,
    what: 'unknown numbers that batches may find within 24 hours',
  },
} as const;
type LimitName = keyof typeof LIMITS;
const BROKER_ID = /^[a-z0-9][a-z0-9._-]{0,63}$/i;

/** What an account may do. */
export interface AccountSettings {
  /** Ids of the brokers (sources of CPR data) it may ask; null: the embedded registers. */
  readonly brokers: readonly string[] | null;
  /** Null: every surface, no extra. Ask {@link mayUse} rather than reading this. */
  readonly capabilities: readonly Capability[] | null;
  /** `rate`: requests per second, and the size of a burst. `maxUnknown`: of all its batches within 24 hours. */
  readonly limits: Readonly<Record<LimitName, number>>;
  /** Whether a death is told only to who knows at least part of the holder's name. */
  readonly deceasedNeedsName: boolean;
  readonly grading: Grading;
}

const GRADED_FIELDS = {
  thresholds: ['name', 'address'],
  weights: ['name', 'address', 'dateOfBirth'],
} as const;

/** How a validation is graded where that is not the usual: a field that is not named here has its default. */
export interface Grading {
  /** The score from which a field matches, 1 to 100. */
  readonly thresholds: Partial<Record<(typeof GRADED_FIELDS.thresholds)[number], number>>;
  /** What a field counts in the overall score, 0 to 100; they need no particular sum. */
  readonly weights: Partial<Record<(typeof GRADED_FIELDS.weights)[number], number>>;
}

/** What an operator asks for; anything left out or empty stays at its default. */
export interface SettingsWish {
  readonly brokers?: readonly string[] | undefined;
  readonly capabilities?: readonly string[] | undefined;
  readonly limits?: Readonly<Record<string, number>> | undefined;
  readonly deceasedNeedsName?: boolean | undefined;
  readonly thresholds?: Readonly<Record<string, number>> | undefined;
  readonly weights?: Readonly<Record<string, number>> | undefined;
}

/** Completes and checks an operator's wish; `input-invalid` names what there is to choose from. */
export function readSettings(wish: SettingsWish): AccountSettings {
  return {
    brokers: listOf(wish.brokers, readBroker),
    capabilities: listOf(wish.capabilities, readCapability),
    limits: readLimits(wish.limits ?? {}),
    deceasedNeedsName: wish.deceasedNeedsName ?? false,
    grading: {
      thresholds: readFields('threshold', wish.thresholds ?? {}, GRADED_FIELDS.thresholds, 1),
      weights: readWeights(wish.weights ?? {}),
    },
  };
}

/**
 * Whether an account may use a surface or an extra. Naming a surface holds the account to the named surfaces;
 * naming only extras adds them to what everybody has.
 */
export function mayUse(settings: AccountSettings, capability: Capability): boolean {
  const given = settings.capabilities ?? [];
  if (given.includes(capability)) return true;
  return isOneOf(SURFACES, capability) && !given.some((other) => isOneOf(SURFACES, other));
}

/** Everything that an account may use. */
export function capabilitiesOf(settings: AccountSettings): readonly Capability[] {
  return [...SURFACES, ...EXTRAS].filter((capability) => mayUse(settings, capability));
}

function listOf<T extends string>(
  wished: readonly string[] | undefined,
  read: (text: string) => T,
): readonly T[] | null {
  return wished === undefined || wished.length === 0 ? null : [...new Set(wished.map(read))];
}

function readBroker(id: string): string {
  if (BROKER_ID.test(id)) return id;
  throw new Failure('input-invalid', 'A broker id has letters, digits, dots, hyphens and underscores only.');
}

function readCapability(name: string): Capability {
  const known = [...EXTRAS, ...SURFACES];
  if (isOneOf(known, name)) return name;
  throw new Failure('input-invalid', `Unknown capability "${name}". Known: ${known.join(', ')}.`);
}

function readLimits(wished: Readonly<Record<string, number>>): AccountSettings['limits'] {
  const unknown = Object.keys(wished).find((name) => !Object.hasOwn(LIMITS, name));
  if (unknown !== undefined) {
    const known = Object.entries(LIMITS).map(([name, { what }]) => `${name} (${what})`);
    throw new Failure('input-invalid', `Unknown limit "${unknown}". Known: ${known.join(', ')}.`);
  }
  const limit = (name: LimitName): number => {
    const { usual, least, most, what } = LIMITS[name];
    const value = wished[name] ?? usual;
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    throw new Failure(
      'input-invalid',
      `The limit ${name} is a whole number of ${what}, ${least} to ${most}.`,
    );
  };
  return { rate: limit('rate'), maxUnknown: limit('maxUnknown') };
}

function readWeights(wished: Readonly<Record<string, number>>): Grading['weights'] {
  const weights = readFields('weight', wished, GRADED_FIELDS.weights, 0);
  if (GRADED_FIELDS.weights.every((field) => weights[field] === 0)) {
    throw new Failure('input-invalid', 'At least one weight is not 0.');
  }
  return weights;
}

function readFields<F extends string>(
  what: string,
  wished: Readonly<Record<string, number>>,
  fields: readonly F[],
  least: number,
): Partial<Record<F, number>> {
  for (const [field, value] of Object.entries(wished)) {
    if (!isOneOf(fields, field)) {
      throw new Failure('input-invalid', `Unknown ${what} "${field}". Known: ${fields.join(', ')}.`);
    }
    if (!Number.isInteger(value) || value < least || value > 100) {
      throw new Failure('input-invalid', `A ${what} is a whole number, ${least} to 100.`);
    }
  }
  return { ...wished } as Partial<Record<F, number>>;
}

function isOneOf<T extends string>(list: readonly T[], text: string): text is T {
  return (list as readonly string[]).includes(text);
}
