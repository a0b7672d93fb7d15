import { describe, expect, test } from 'vitest';
import { type Comparison, notCompared } from '../comparison.ts';
import { combine } from './combine.ts';
import { riskLevelOf } from './risk.ts';

const field = (score: number, match = score >= 80): Comparison => ({
  ...notCompared('A sentence.', 'aCode'),
  score,
  match,
  similarity: score / 100,
  compared: true,
});
const combined = (name: number, address: number, dateOfBirth: number, settings = {}) =>
  combine({ name: field(name), address: field(address), dateOfBirth: field(dateOfBirth) }, settings);

test.each([
  [100, 100, 100, 100, 'Match', 'Low'],
  [90, 85, 100, 89, 'Match', 'Low'],
  [100, 100, 50, 95, 'PartialMatch', 'Medium'],
  [100, 60, 100, 84, 'PartialMatch', 'Medium'],
  [84, 100, 100, 92, 'PartialMatch', 'Medium'],
  [84, 79, 100, 84, 'NoMatch', 'High'],
  [0, 0, 100, 10, 'NoMatch', 'High'],
])('%i, %i, %i: overall %i, %s, %s', (name, address, dateOfBirth, overallScore, verdict, level) => {
  expect(combined(name, address, dateOfBirth)).toMatchObject({ overallScore, verdict, risk: { level } });
});

test('the mean is rounded half up, and 100 is kept for three times 100', () => {
  expect(combined(89, 100, 100).overallScore).toBe(95);
  expect(combined(99, 100, 100, { weights: { name: 1, address: 99, dateOfBirth: 0 } }).overallScore).toBe(99);
});

test('an account has its own weights and thresholds', () => {
  const settings = { weights: { name: 100, address: 0, dateOfBirth: 0 }, thresholds: { name: 95 } };
  expect(combined(90, 100, 100, settings)).toMatchObject({ overallScore: 90, verdict: 'PartialMatch' });
});

test('what was not typed counts nothing', () => {
  const alone = (score: number) =>
    combine({ name: field(score, score >= 85), address: null, dateOfBirth: null });
  expect(alone(100)).toMatchObject({
    overallScore: 100,
    verdict: 'Match',
    risk: { level: 'Low', reasons: [] },
  });
  expect(alone(60)).toMatchObject({ overallScore: 60, verdict: 'NoMatch' });
  const withDate = combine({ name: field(100), address: null, dateOfBirth: field(50, false) });
  // (100 · 50 + 50 · 10) / 60
  expect(withDate).toMatchObject({ overallScore: 92, verdict: 'PartialMatch' });
});

describe('reasons', () => {
  test('of the fields and of the caller stand together, each once', () => {
    const name: Comparison = { ...field(84), reasons: ['PreviousName'] };
    const result = combine(
      { name, address: field(100), dateOfBirth: field(100) },
      { reasons: ['Minor', 'PreviousName'] },
    );
    expect(result.risk).toEqual({ level: 'Medium', reasons: ['Minor', 'PreviousName', 'NameMismatch'] });
  });

  test('a grave one makes a match risky', () => {
    expect(combined(100, 100, 100, { reasons: ['Deceased'] })).toMatchObject({
      verdict: 'Match',
      risk: { level: 'High' },
    });
    expect(combined(100, 100, 100, { reasons: ['Minor'] }).risk.level).toBe('Medium');
  });

  test('a field that was not compared is no mismatch', () => {
    const hidden = notCompared('The person is protected.', 'protected');
    const result = combine(
      { name: hidden, address: hidden, dateOfBirth: field(100) },
      { reasons: ['NameAddressProtected'], verdict: 'PartialMatch' },
    );
    expect(result).toMatchObject({
      verdict: 'PartialMatch',
      name: { score: 0, match: false, comment: 'The person is protected.' },
      risk: { level: 'Medium', reasons: ['NameAddressProtected'] },
    });
  });
});

test('the level of what never came to a comparison', () => {
  expect(riskLevelOf('NotFound', new Set())).toBe('High');
  expect(riskLevelOf('Error', new Set())).toBe('High');
});
