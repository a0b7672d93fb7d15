import { SANDBOX_PERSONS } from '../../../packages/server/src/sandbox/persons.ts';
import { printFindings, readNumbers } from '../figures.ts';
import { guessNumbers, plausibleNumbers } from './guess-numbers.ts';
import { stolenCopy } from './stolen-copy.ts';

const { numbers } = readNumbers({ numbers: 1_000_000 });
const { folder, generation } = await stolenCopy();
const held = SANDBOX_PERSONS.map(({ cpr }) => cpr);
const begun = performance.now();
const figures = guessNumbers(folder, generation, [...held, ...plausibleNumbers(numbers)]);
const seconds = Math.round((performance.now() - begun) / 1000);
const violations = figures.found === 0 ? [] : [`${figures.found} numbers found`];
printFindings('a stolen folder without its key file', { ...figures, seconds }, violations);
