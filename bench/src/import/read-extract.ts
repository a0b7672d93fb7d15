import { createReadStream } from 'node:fs';
import { readCprExtract } from '../../../packages/server/src/register/import/formats/cpr-extract.ts';

/** What reading alone takes, on one thread: every person read, and forgotten. */
const [file = ''] = process.argv.slice(2);
let persons = 0;
for await (const events of readCprExtract(createReadStream(file, { highWaterMark: 1 << 20 }))) {
  for (const event of events) if (event.kind === 'person') persons += 1;
}
if (persons === 0) throw new Error('Nobody was read.');
