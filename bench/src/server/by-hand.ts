import fastify from 'fastify';
import { Pool } from 'pg';

/**
 * `node by-hand.ts DATABASE_URL`: what a team writes in an afternoon. Look the number up, write who asked, answer; no
 * credentials, no encryption, no budget, no hashes, no matching but equality.
 */
interface Body {
  readonly cpr: string;
  readonly firstNames: string;
  readonly lastName: string;
  readonly audit: { readonly externalReference: string };
}

const pool = new Pool({ connectionString: process.argv[2], max: 16 });
const http = fastify();

http.post<{ Body: Body }>('/validate', async ({ body }) => {
  const { rows } = await pool.query<{ record: { given: string; surname: string } }>({
    name: 'find',
    text: 'select record from person where cpr = $1',
    values: [body.cpr],
  });
  const record = rows[0]?.record;
  const verdict = record?.given === body.firstNames && record.surname === body.lastName ? 'Match' : 'NoMatch';
  await pool.query({
    name: 'audit',
    text: 'insert into audit (at, cpr, reference, verdict) values (now(), $1, $2, $3)',
    values: [body.cpr, body.audit.externalReference, verdict],
  });
  return { verdict, record };
});
console.log(await http.listen({ host: '127.0.0.1', port: 0 }));
