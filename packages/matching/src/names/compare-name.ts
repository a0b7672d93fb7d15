import { type Comparison, NO_EXPLANATION, NO_REASONS, scoreOf } from '../comparison.ts';
import { DEFAULT_THRESHOLDS } from '../verdict/combine.ts';
import { Pairing } from './align.ts';
import { explainNames } from './explain-names.ts';
import type { Name, NameOptions, PreparedName } from './name.ts';
import { nameComment } from './name-comment.ts';
import { noFindings } from './name-findings.ts';
import { scoreNames } from './name-score.ts';
import { prepareName } from './prepare-name.ts';

const pairing = new Pairing();
const scratch = noFindings();
let findings = scratch;
const FORMER_CAP = 0.84;
const MIXED_CAP = 0.8;
const MIXED = ['MixedScript'] as const;
const PREVIOUS = ['PreviousName'] as const;

/**
 * Compares a record's name with a typed one. The order matters: a middle name may be missing on the typed
 * side, but not be added there, and only the record's former names are tried.
 */
export function compareName(
  record: PreparedName,
  typed: Name | PreparedName,
  options?: NameOptions,
): Comparison {
  const other = 'tokens' in typed ? typed : prepareName(typed, record);
  const explain = options?.explain === true;
  const threshold = options?.threshold ?? DEFAULT_THRESHOLDS.name;
  let similarity = similarityOf(record, other, explain);
  let matched = record;
  for (const former of record.former) {
    if (similarity >= FORMER_CAP) break;
    const before = similarityOf(former, other, false) * FORMER_CAP;
    if (before > similarity && before > 0.7 * FORMER_CAP) {
      similarity = before;
      matched = former;
    }
  }
  if (matched !== record || record.former.length > 0) similarityOf(matched, other, explain);
  const mixed = other.mixedScript && !record.mixedScript;
  // Letters that only look right are no slip: somebody should look, however little they are.
  if (mixed && similarity > MIXED_CAP) similarity = MIXED_CAP;
  const score = scoreOf(similarity);
  const comment = nameComment(findings, score, matched !== record, mixed);
  return {
    score,
    similarity,
    match: score >= threshold,
    comment: comment.text,
    code: comment.code,
    reasons: mixed ? MIXED : matched !== record ? PREVIOUS : NO_REASONS,
    compared: true,
    explanation: explain ? explainNames(pairing, record, matched) : NO_EXPLANATION,
  };
}

function similarityOf(record: PreparedName, typed: PreparedName, explain: boolean): number {
  pairing.align(record, typed, explain);
  findings = scoreNames(pairing, scratch);
  return findings.similarity;
}
