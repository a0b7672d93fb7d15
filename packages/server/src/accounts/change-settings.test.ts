import { expect, test } from 'vitest';
import { changeSettings } from './change-settings.ts';
import { readSettings } from './settings.ts';

const SETTINGS = readSettings({
  brokers: ['one'],
  capabilities: ['cpr', 'batch'],
  limits: { rate: 50, maxUnknown: 7 },
  thresholds: { name: 90 },
  weights: { name: 10, address: 0 },
  deceasedNeedsName: true,
});

test('nothing wished for: nothing changes', () => {
  expect(changeSettings(SETTINGS, {})).toEqual(SETTINGS);
});

test('a figure changes by itself, a list as a whole', () => {
  const changed = changeSettings(SETTINGS, {
    capabilities: ['vidimus'],
    limits: { rate: 9 },
    thresholds: { address: 80 },
    deceasedNeedsName: false,
  });
  expect(changed).toEqual({
    ...SETTINGS,
    capabilities: ['vidimus'],
    limits: { rate: 9, maxUnknown: 7 },
    grading: { ...SETTINGS.grading, thresholds: { name: 90, address: 80 } },
    deceasedNeedsName: false,
  });
});

test('what is reset is as in a new account, and may be changed in the same breath', () => {
  const everything = ['brokers', 'capabilities', 'limits', 'thresholds', 'weights'] as const;
  const usual = readSettings({});
  expect(changeSettings(SETTINGS, { reset: everything, deceasedNeedsName: false })).toEqual(usual);
  expect(changeSettings(SETTINGS, { reset: ['limits'], limits: { rate: 1 } }).limits).toEqual({
    ...usual.limits,
    rate: 1,
  });
});

test('what no account may have is refused, also when only both together are wrong', () => {
  expect(() => changeSettings(SETTINGS, { limits: { rate: 0 } })).toThrow('requests per second');
  expect(() => changeSettings(SETTINGS, { capabilities: ['nonsense'] })).toThrow('Unknown capability');
  expect(() => changeSettings(SETTINGS, { weights: { name: 0, dateOfBirth: 0 } })).toThrow(
    'At least one weight',
  );
});
