import fc from 'fast-check';
import { asciiWord, longText, spoiled } from './odd-text.ts';
import type { Deserves } from './written-members.ts';

export interface FormCase {
  readonly type: string;
  readonly bytes: Buffer;
  readonly deserves: Deserves;
}

type Field = readonly [name: string, value: string];

const URLENCODED = 'application/x-www-form-urlencoded';
const LIMIT = 16 * 1024;
const MOST_FIELDS = 32;

/** Fields of a form with one fault, before anybody has written them as a form. */
function faultyFields(
  good: readonly Field[],
): fc.Arbitrary<{ fields: readonly Field[]; deserves: Deserves }> {
  const one = fc.constantFrom(...good);
  const repeated = fc
    .tuple(one, fc.constantFrom('', '1', '1307610015'), fc.boolean())
    .map(([[name], value, isUpper]) => [...good, [isUpper ? name.toUpperCase() : name, value] as const]);
  const missing = one.map((field) => good.filter((other) => other !== field));
  const emptied = one.map((field) =>
    good.map((other) => (other === field ? ([field[0], ''] as const) : other)),
  );
  const odd = one.chain((field) =>
    spoiled(field[1]).map((value) =>
      good.map((other) => (other === field ? ([field[0], value] as const) : other)),
    ),
  );
  const many = fc
    .integer({ min: MOST_FIELDS + 1, max: 150 })
    .map((count) => Array.from({ length: count }, (_, at) => [`p${at}`, ''] as const));
  const huge = fc
    .integer({ min: LIMIT, max: 3 * LIMIT })
    .map((length) => [...good, ['more', 'q'.repeat(length)] as const]);
  const unknown = fc
    .uniqueArray(fc.tuple(asciiWord, longText), { maxLength: 5, selector: ([name]) => name })
    .map((more) => [...good, ...more, ['__proto__', 'x'] as const, ['constructor', 'y'] as const]);
  const as = (deserves: Deserves) => (fields: readonly Field[]) => ({ fields, deserves });
  return fc.oneof(
    { weight: 4, arbitrary: repeated.map(as('malformed')) },
    { weight: 2, arbitrary: missing.map(as('refused')) },
    { weight: 2, arbitrary: emptied.map(as('refused')) },
    { weight: 4, arbitrary: odd.map(as('refused')) },
    { weight: 1, arbitrary: many.map(as('malformed')) },
    { weight: 1, arbitrary: huge.map(as('too-large')) },
    { weight: 1, arbitrary: unknown.map(as('answered')) },
  );
}

const encoded = (fields: readonly Field[]) =>
  fields
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value.toWellFormed())}`)
    .join('&');

/** Forms as a web page would send them, and bytes that are none. */
export function urlencodedForms(good: readonly Field[]): fc.Arbitrary<FormCase> {
  const [[name, value] = ['', ''], ...rest] = good;
  const brokenText = fc
    .constantFrom('%ff', '%c3%28', '%ed%a0%80')
    .map((broken) => Buffer.from(`${name}=${value[0]}${broken}${value.slice(1)}&${encoded(rest)}`));
  const brokenBytes = fc
    .constantFrom('ff', 'c328', 'eda080')
    .map((hex) => Buffer.concat([Buffer.from(`${encoded(good)}&x=`), Buffer.from(hex, 'hex')]));
  const noForm = fc.oneof(
    longText,
    fc.constantFrom('', '&&&', '=', '%', '%zz=%', '{}', JSON.stringify(Object.fromEntries(good))),
  );
  return fc
    .oneof(
      {
        weight: 10,
        arbitrary: faultyFields(good).map(({ fields, deserves }) => ({
          bytes: Buffer.from(encoded(fields)),
          deserves,
        })),
      },
      { weight: 1, arbitrary: brokenText.map((bytes) => ({ bytes, deserves: 'refused' as const })) },
      { weight: 1, arbitrary: brokenBytes.map((bytes) => ({ bytes, deserves: 'malformed' as const })) },
      {
        weight: 2,
        arbitrary: noForm.map((text) => ({ bytes: Buffer.from(text), deserves: 'refused' as const })),
      },
    )
    .map((one) => ({ type: URLENCODED, ...one }));
}

const BOUNDARY = '----vidimusFormBoundary';

function multipart(fields: readonly Field[], more = ''): string {
  const parts = fields.map(
    ([name, value]) => `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return `${parts.join('')}${more}--${BOUNDARY}--\r\n`;
}

/** Forms as a client with files sends them; what is in them is bounded and framed in every wrong way. */
export function multipartForms(good: readonly Field[]): fc.Arbitrary<FormCase> {
  const type = `multipart/form-data; boundary=${BOUNDARY}`;
  const whole = multipart(good);
  const file = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="x"; filename="x"\r\nContent-Type: text/plain\r\n\r\nqxzvwkjq\r\n`;
  const wellFramed = faultyFields(good).map(({ fields, deserves }) => ({
    type,
    text: multipart(fields.map(([name, value]) => [name, value.toWellFormed()])),
    deserves,
  }));
  const badlyFramed = fc
    .oneof(
      fc.integer({ min: 1, max: whole.length - 6 }).map((end) => whole.slice(0, end)),
      fc.constantFrom(
        multipart(good, file),
        multipart(good, `--${BOUNDARY}\r\n\r\n`),
        whole.replaceAll('\r\n', '\n'),
      ),
      longText,
      fc.constantFrom(
        '--',
        `--${BOUNDARY}`,
        `--${BOUNDARY}--`.repeat(3),
        whole.replace('form-data;', 'attachment;'),
      ),
    )
    .map((text) => ({ type, text, deserves: 'malformed-or-refused' as const }));
  const otherBoundary = fc
    .constantFrom(
      '',
      '; boundary',
      '; boundary=',
      '; boundary=x',
      `; boundary="${'q'.repeat(90)}"`,
      '; charset=utf-8',
    )
    .map((parameters) => ({
      type: `multipart/form-data${parameters}`,
      text: whole,
      deserves: 'malformed' as const,
    }));
  const brokenUtf8 = fc.constantFrom('ff', 'c328').map((hex) => ({
    type,
    bytes: Buffer.concat([
      Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: form-data; name="x"\r\n\r\n`),
      Buffer.from(hex, 'hex'),
      Buffer.from(`\r\n${whole}`),
    ]),
    deserves: 'malformed' as const,
  }));
  return fc.oneof(
    { weight: 6, arbitrary: wellFramed.map(({ text, ...rest }) => ({ ...rest, bytes: Buffer.from(text) })) },
    { weight: 4, arbitrary: badlyFramed.map(({ text, ...rest }) => ({ ...rest, bytes: Buffer.from(text) })) },
    {
      weight: 1,
      arbitrary: otherBoundary.map(({ text, ...rest }) => ({ ...rest, bytes: Buffer.from(text) })),
    },
    { weight: 1, arbitrary: brokenUtf8 },
  );
}
