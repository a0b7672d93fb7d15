import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { longestLine } from './export-line.ts';
import { linesOf } from './lines-of.ts';

describe('linesOf', () => {
  it('gives the same lines however the bytes are cut', () => {
    const bytes = fc
      .uint8Array({ maxLength: 60 })
      .map((given) => given.map((byte) => (byte < 80 ? 0x0a : byte)));
    fc.assert(
      fc.property(fc.array(bytes), (chunks) => {
        const whole = Buffer.concat(chunks);
        const lines = [...linesOf(chunks)].map((line) => Buffer.from(line).toString('latin1'));
        expect(lines.join('')).toBe(whole.toString('latin1'));
        expect(lines).toEqual(whole.toString('latin1').match(/[^\n]*\n|[^\n]+$/g) ?? []);
      }),
    );
  });

  it('stops at a line that never ends', () => {
    function* endless() {
      for (;;) yield new Uint8Array(1 << 16).fill(0x78);
    }
    const lines = [...linesOf(endless())];
    expect(lines).toHaveLength(1);
    expect(lines[0]?.length).toBeGreaterThan(longestLine);
  });
});
