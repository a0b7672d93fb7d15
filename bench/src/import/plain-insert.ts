import { createReadStream } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { readCprExtract } from '../../../packages/server/src/register/import/formats/cpr-extract.ts';

/**
 * The import that one would write in an afternoon: one thread, each person as unencrypted JSON under the number in
 * clear, one transaction, nobody compared with what was held.
 */
const [file = '', target = ''] = process.argv.slice(2);
const db = new DatabaseSync(target);
db.exec('create table person (number text primary key, record text not null) without rowid; begin');
const insert = db.prepare('insert or replace into person (number, record) values (?, ?)');
for await (const events of readCprExtract(createReadStream(file, { highWaterMark: 1 << 20 }))) {
  for (const event of events) {
    if (event.kind === 'person') insert.run(event.cpr.reveal(), JSON.stringify(event.person));
  }
}
db.exec('commit');
db.close();
