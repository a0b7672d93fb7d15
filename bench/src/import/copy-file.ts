import { closeSync, copyFileSync, fsyncSync, openSync } from 'node:fs';

/** What the disk alone takes: the file copied and synced. */
const [from = '', to = ''] = process.argv.slice(2);
copyFileSync(from, to);
const copy = openSync(to, 'r');
fsyncSync(copy);
closeSync(copy);
