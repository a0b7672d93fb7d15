import { describe, expect, test } from 'vitest';
import { mayUse, readSettings, SURFACES } from './settings.ts';

describe('settings', () => {
  test('nothing asked for: every surface, embedded registers, 200 requests a second, no extra', () => {
    const settings = readSettings({});
    expect(settings).toEqual({
      brokers: null,
      capabilities: null,
      limits: { rate: 200, maxUnknown: 100 },
      deceasedNeedsName: false,
      grading: { thresholds: {}, weights: {} },
    });
    expect(SURFACES.map((surface) => mayUse(settings, surface))).toEqual(SURFACES.map(() => true));
    expect(mayUse(settings, 'batch')).toBe(false);
    expect(mayUse(settings, 'protected.compare')).toBe(false);
  });

  test('an extra is added to what everybody has', () => {
    const settings = readSettings({ capabilities: ['batch', 'batch'] });
    expect(settings.capabilities).toEqual(['batch']);
    expect(mayUse(settings, 'batch')).toBe(true);
    expect(mayUse(settings, 'cpr')).toBe(true);
    expect(mayUse(settings, 'protected.compare')).toBe(false);
  });

  test('naming a surface holds the account to it', () => {
    const settings = readSettings({ capabilities: ['cpr', 'protected.compare'] });
    expect(mayUse(settings, 'cpr')).toBe(true);
    expect(mayUse(settings, 'protected.compare')).toBe(true);
    expect(mayUse(settings, 'ssn-details')).toBe(false);
    expect(mayUse(settings, 'ssn-verification')).toBe(false);
  });

  test('unknown names are refused with the known ones', () => {
    expect(() => readSettings({ capabilities: ['btach'] })).toThrow(
      /"btach".*batch, protected\.compare, ssn-details, cpr, ssn-verification/,
    );
    expect(() => readSettings({ limits: { speed: 3 } })).toThrow(/"speed".*rate/);
    expect(() => readSettings({ brokers: ['a broker'] })).toThrow(/broker id/);
  });

  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2_000_000])('rate %s is refused', (rate) => {
    expect(() => readSettings({ limits: { rate } })).toThrow(/whole number/);
  });

  test('thresholds and weights of a validation are whole numbers of named fields', () => {
    expect(readSettings({ thresholds: { name: 90 }, weights: { address: 0 } }).grading).toEqual({
      thresholds: { name: 90 },
      weights: { address: 0 },
    });
    for (const wish of [
      { thresholds: { dateOfBirth: 50 } },
      { thresholds: { name: 0 } },
      { weights: { name: 101 } },
      { weights: { name: 0, address: 0, dateOfBirth: 0 } },
    ]) {
      expect(() => readSettings(wish)).toThrow(/threshold|weight/);
    }
  });
});
