import type { Comparison } from '../comparison.ts';
import { type RiskLevel, riskLevelOf } from './risk.ts';

export type Verdict = 'Match' | 'PartialMatch' | 'NoMatch';

/** The three fields of a verification; null where nothing was typed, which then counts nothing. */
export interface ComparedFields {
  readonly name: Comparison;
  readonly address: Comparison | null;
  readonly dateOfBirth: Comparison | null;
}

/** One number for each field. Weights need no particular sum; thresholds are scores 1–100. */
export interface PerField {
  readonly name: number;
  readonly address: number;
  readonly dateOfBirth: number;
}

export const DEFAULT_WEIGHTS: PerField = { name: 50, address: 40, dateOfBirth: 10 };
export const DEFAULT_THRESHOLDS: PerField = { name: 85, address: 80, dateOfBirth: 100 };

/** An account's own settings, and what the caller knows of the person beside the typed data. */
export interface CombineSettings {
  readonly weights?: Partial<PerField> | undefined;
  readonly thresholds?: Partial<Pick<PerField, 'name' | 'address'>> | undefined;
  /** Reasons that do not come from the comparison: `Deceased`, `NameAddressProtected`, `Minor` … */
  readonly reasons?: readonly string[] | undefined;
  /** A verdict that stands whatever was typed, as for a protected person. */
  readonly verdict?: Verdict | undefined;
}

export interface FieldVerdict {
  readonly score: number;
  readonly match: boolean;
  readonly comment: string | null;
}

export interface Combined {
  /** 0–100, the weighted mean rounded half up; 100 only when every field that counts is 100. */
  readonly overallScore: number;
  readonly verdict: Verdict;
  readonly name: FieldVerdict;
  readonly address: FieldVerdict;
  readonly dateOfBirth: FieldVerdict;
  readonly risk: { readonly level: RiskLevel; readonly reasons: readonly string[] };
}

/**
 * Joins the fields into one verdict: `Match` when all that were typed match, `NoMatch` when neither name nor address
 * does, else `PartialMatch`. The date of birth alone is no evidence: it can be read off the number.
 */
export function combine(fields: ComparedFields, settings: CombineSettings = {}): Combined {
  const weights = weightsOf(fields, settings);
  const name = fieldVerdict(fields.name, settings.thresholds?.name ?? DEFAULT_THRESHOLDS.name);
  const address = fieldVerdict(fields.address, settings.thresholds?.address ?? DEFAULT_THRESHOLDS.address);
  const dateOfBirth = fieldVerdict(fields.dateOfBirth, DEFAULT_THRESHOLDS.dateOfBirth);

  const verdict =
    settings.verdict ??
    (name.match && fits(fields.address, address) && fits(fields.dateOfBirth, dateOfBirth)
      ? 'Match'
      : name.match || address.match
        ? 'PartialMatch'
        : 'NoMatch');

  const reasons = new Set<string>(settings.reasons);
  for (const field of [fields.name, fields.address, fields.dateOfBirth])
    for (const reason of field?.reasons ?? []) reasons.add(reason);
  if (fields.name.compared && !name.match) reasons.add('NameMismatch');
  if (fields.address?.compared === true && !address.match) reasons.add('AddressMismatch');
  if (fields.dateOfBirth?.compared === true && !dateOfBirth.match) reasons.add('DateOfBirthMismatch');

  return {
    overallScore: overall(weights, name.score, address.score, dateOfBirth.score),
    verdict,
    name,
    address,
    dateOfBirth,
    risk: { level: riskLevelOf(verdict, reasons), reasons: [...reasons] },
  };
}

/** What each field counts: the account's weight or the usual one, and nothing where nothing was typed. */
export function weightsOf(fields: ComparedFields, settings: Pick<CombineSettings, 'weights'>): PerField {
  const { name, address, dateOfBirth } = { ...DEFAULT_WEIGHTS, ...settings.weights };
  return {
    name,
    address: fields.address === null ? 0 : address,
    dateOfBirth: fields.dateOfBirth === null ? 0 : dateOfBirth,
  };
}

function fits(field: Comparison | null, { match }: FieldVerdict): boolean {
  return field === null || match;
}

const NOT_TYPED: FieldVerdict = { score: 0, match: false, comment: null };

function fieldVerdict(field: Comparison | null, threshold: number): FieldVerdict {
  if (field === null) return NOT_TYPED;
  return {
    score: field.score,
    match: field.compared && field.score >= Math.max(1, threshold),
    comment: field.comment,
  };
}

function overall(weights: PerField, name: number, address: number, dateOfBirth: number): number {
  const sum = weights.name + weights.address + weights.dateOfBirth;
  if (!(sum > 0)) return 0;
  const weighted = weights.name * name + weights.address * address + weights.dateOfBirth * dateOfBirth;
  // Weights are often whole numbers: dividing last keeps 84.5 at 84.5, which rounds up.
  const mean = Math.floor(weighted / sum + 0.5);
  const complete =
    (name === 100 || weights.name === 0) &&
    (address === 100 || weights.address === 0) &&
    (dateOfBirth === 100 || weights.dateOfBirth === 0);
  return complete ? 100 : Math.min(99, mean);
}
