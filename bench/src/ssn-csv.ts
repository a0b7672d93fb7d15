import { ssnPopulation } from '@vidimus/testkit';

const CHUNK_LETTERS = 1 << 20;

/** An SSN CSV file of invented holders, written as it is read. */
export function* ssnCsv({
  seed,
  persons,
  from,
}: {
  seed: number;
  persons: number;
  from: number;
}): Generator<Buffer> {
  const holder = ssnPopulation(seed);
  let chunk = 'ssn,firstName,middleName,lastName,dateOfBirth,dateOfDeath\n';
  for (let index = from; index < from + persons; index++) {
    const row = holder(index);
    chunk += `${row.ssn},${row.firstName},${row.middleName},${row.lastName},${row.dateOfBirth},${row.dateOfDeath}\n`;
    if (chunk.length < CHUNK_LETTERS) continue;
    yield Buffer.from(chunk);
    chunk = '';
  }
  yield Buffer.from(chunk);
}
