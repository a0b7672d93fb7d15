// Compares what a customer typed with the register, with nothing but fetch. The customer is a JSON document on stdin:
//   node examples/cpr/ask.ts case-812 < examples/cpr/customer.json
import { text } from 'node:stream/consumers';

const url = process.env['VIDIMUS_URL'] ?? 'http://127.0.0.1:8080';
const apiKey = process.env['VIDIMUS_API_KEY'] ?? 'vidimus-sandbox-key';

interface FieldScore {
  readonly score: number;
  readonly match: boolean;
  readonly comment: string | null;
}

interface Validation {
  readonly verdict: 'Match' | 'PartialMatch' | 'NoMatch' | 'NotFound' | 'Error';
  readonly name: FieldScore;
  readonly address: FieldScore;
  readonly dateOfBirth: FieldScore;
  readonly risk: { readonly level: 'Low' | 'Medium' | 'High'; readonly reasons: readonly string[] };
}

interface Problem {
  readonly detail: string;
  readonly errors?: Readonly<Record<string, readonly string[]>>;
}

async function validate(customer: object, reference: string): Promise<string> {
  const answer = await fetch(`${url}/api/cpr/cpr/validate`, {
    method: 'POST',
    headers: { 'x-api-key': apiKey, 'content-type': 'application/json' },
    body: JSON.stringify({ audit: { externalReference: reference }, ...customer }),
    signal: AbortSignal.timeout(5_000),
  });
  if (!answer.ok) {
    const { detail, errors = {} } = (await answer.json()) as Problem;
    return [`refused with ${answer.status}: ${detail}`, ...Object.values(errors).flat()].join('\n');
  }
  const { verdict, name, address, dateOfBirth, risk } = (await answer.json()) as Validation;
  const fields = Object.entries({ name, address, dateOfBirth }).map(
    ([field, { score, comment }]) => `  ${field} ${score}${comment === null ? '' : `  ${comment}`}`,
  );
  return [`${verdict}, risk ${[risk.level, ...risk.reasons].join(', ')}`, ...fields].join('\n');
}

const customer = JSON.parse(await text(process.stdin)) as object;
process.stdout.write(`${await validate(customer, process.argv[2] ?? 'case-812')}\n`);
