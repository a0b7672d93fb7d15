import fc, { type Arbitrary } from 'fast-check';

export type Schema = Readonly<Record<string, unknown>>;

/** Fictional persons that the sandbox holds, and numbers that are none: neither costs anything of a budget. */
const CPRS = [
  '1307610015',
  '130761-0015',
  '0701614011',
  '0709614258',
  '0901414084',
  '0706614818',
  '3006980014',
];
const SSNS = ['123-45-6789', '123456789', '212-09-7694', '078-05-1120'];
const NO_NUMBERS = [
  '',
  '0',
  '9999999999',
  '310261-0015',
  '7307610015',
  '666-12-3456',
  '000-00-0000',
  'x',
  '1'.repeat(50),
];

const numbers = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...CPRS) },
  { weight: 4, arbitrary: fc.constantFrom(...SSNS) },
  { weight: 2, arbitrary: fc.constantFrom(...NO_NUMBERS) },
);
const NUMBER_MEMBERS = new Set(['number', 'cpr', 'ssn']);

/** A random number of the right shape may be unknown, and six unknown numbers would end the fuzzing of an account. */
export function isNumberMember(name: string): boolean {
  return NUMBER_MEMBERS.has(name.toLowerCase());
}

const NAMES = [
  'Poul',
  'Junkersen',
  'John',
  'Doe',
  'Åse',
  'O’Neil',
  '李',
  'Industrivænget 2',
  'case-1',
  '9000',
];
const ODD = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  '\u202e',
  '42',
  'null',
  '<script>',
  "'; --",
  'é'.repeat(300),
  '%00',
  '../..',
];
const texts = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...NAMES) },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 30 }) },
  { weight: 1, arbitrary: fc.constantFrom(...ODD) },
);

/** Whatever JSON can hold and no schema asks for. */
export const oddValues: Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(null, true, 0, -1, 1.5, 1e300, [], {}, [[]], ''),
  fc.constantFrom(...ODD),
  fc.jsonValue({ maxDepth: 2 }).filter((value) => !/\d{9}/.test(JSON.stringify(value))),
);

/** Values that a schema allows, or nearly: patterns and lengths are met by chance. */
export function valueOf(schema: Schema | undefined, name = ''): Arbitrary<unknown> {
  if (isNumberMember(name)) return numbers;
  if (schema === undefined) return texts;
  if (schema['const'] !== undefined) return fc.constant(schema['const']);
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as unknown[]));
  if (Array.isArray(schema['anyOf']))
    return fc.oneof(...(schema['anyOf'] as Schema[]).map((one) => valueOf(one, name)));
  const [type] = [schema['type']].flat();
  switch (type) {
    case 'object':
      return objectOf(schema);
    case 'array':
      return fc.array(valueOf(schema['items'] as Schema, name), { maxLength: 3 });
    case 'integer':
      return fc.integer({ min: 0, max: 1000 });
    case 'number':
      return fc.double({ noNaN: true, noDefaultInfinity: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return schema['format'] === 'date' || name.toLowerCase().includes('date')
        ? fc.constantFrom('1961-07-13', '13.07.1961', '1961-02-30', '2999-01-01', 'x')
        : texts;
  }
}

function objectOf(schema: Schema): Arbitrary<unknown> {
  const properties = Object.entries((schema['properties'] ?? {}) as Record<string, Schema>);
  const requiredKeys = (schema['required'] ?? []) as string[];
  const arbitraries = Object.fromEntries(properties.map(([name, one]) => [name, valueOf(one, name)]));
  return fc.record(arbitraries, { requiredKeys, noNullPrototype: true });
}
