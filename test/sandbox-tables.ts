import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { printsAsShown, REPOSITORY } from '@vidimus/testkit';
import { expect } from 'vitest';

export const PAGE = readFileSync(join(REPOSITORY, 'docs/sandbox.md'), 'utf8');

/** A row's cells as they stand in the page. */
type Row = readonly string[];

/** Rows of all tables of the page that have these columns, in the page's order. */
function tables(...columns: string[]): Row[][] {
  const head = `| ${columns.join(' | ')} |`;
  return PAGE.split('\n\n')
    .map((block) => block.split('\n'))
    .filter(([first]) => first === head)
    .map(([, , ...lines]) => lines.map((line) => line.slice(2, -2).split(' | ')));
}

/** Every table of the page, by what it is about. */
const [credentials = []] = tables('credential', 'value', 'for');
const [details = []] = tables('number', 'status', 'body', 'what it shows');
const [persons = []] = tables('number', 'name', 'address', 'status', 'protected', 'what it shows');
const [cprRefusals = [], ssnRefusals = []] = tables('body', 'status', 'answer', 'what it shows');
const [validations = []] = tables(
  'what is typed otherwise',
  'verdict',
  'scores',
  'risk',
  'reasons',
  'what it shows',
);
const [holders = []] = tables('ssn', 'firstName', 'lastName', 'ssnMatch', 'what it shows');
const [questions = []] = tables('path', 'body', 'outcome, verdict', 'what it shows');
const [limits = []] = tables('limit', 'how much', 'counted by', 'beyond it');
/** One for each of SSN Details, CPR lookup, CPR validation, SSN verification and our own API. */
const simulations = tables('`X-Simulate`', 'status', 'answer', 'in the ledger');
export const TABLES = {
  credentials,
  details,
  persons,
  cprRefusals,
  validations,
  holders,
  ssnRefusals,
  questions,
  limits,
  simulations,
};

/** The customer whom the validations change. */
export const CUSTOMER = JSON.parse(/```json\n([^`]+)```\n\nEach row/.exec(PAGE)?.[1] ?? '{}') as {
  readonly cpr: string;
};
export const AUDIT = { externalReference: 'case-1' };
export const DOE = { firstName: 'John', lastName: 'Doe', ssn: '123-45-6789' };
export const LOOKUP = '/cpr/cpr/lookup';
export const VALIDATE = '/cpr/cpr/validate';
export const PURPOSE = { reference: 'case-1', purpose: 'Trying it out' };

/** The texts in code type of a cell. */
export function codes(cell = ''): string[] {
  return Array.from(cell.matchAll(/`([^`]+)`/g), ([, code = '']) => code);
}

export const code = (cell?: string) => codes(cell)[0] ?? '';

/** Compares status and body with what a row shows. */
export async function expectAnswer(answer: Response, status: string, shown: string): Promise<void> {
  const text = await answer.text();
  expect({ status: answer.status, text }).toMatchObject({ status: Number(status) });
  // Shows both texts where they differ.
  expect(printsAsShown({ kind: 'text', text: shown }, text) ? shown : text).toBe(shown);
}
