import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { expectNobodyIn } from './demo-persons.ts';
import { temporaryFolder } from './temporary-folder.ts';

const LOG = '{"level":30,"msg":"serving"}\n';

test('a log and databases that tell of nobody pass, and so does what a sandbox greets with', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'ledger.db'), 'SQLite format 3');
  writeFileSync(join(folder, 'extract.txt'), '1307610015');
  expectNobodyIn(folder, `curl -d '{"Cpr":"1307610015"}'\n${LOG}`);
  expectNobodyIn(join(folder, 'gone'), LOG);
});

test.each([
  ['a number in the log', 'x.txt', '', '{"msg":"130761-0015"}'],
  ['a name in the log', 'x.txt', '', '{"msg":"JUNKERSEN"}'],
  ['a number in a database', 'ledger.db', 'cpr 1307610015', LOG],
  ['a road in its log of writes', 'control.db-wal', 'Industrivænget', LOG],
  ['a name in a database, in base64', 'ledger.db', btoa('Poul Junkersen'), LOG],
])('%s is noticed', (_, file, content, printed) => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, file), content);
  expect(() => expectNobodyIn(folder, printed)).toThrow(/holds/);
});
