import { JOURNAL_SCHEMA } from './journal/postgres/schema.ts';
import { REGISTER_SCHEMA } from './register/postgres/schema.ts';
import { CONTROL_SCHEMA } from './storage/postgres/control.ts';
import type { PostgresSchema } from './storage/postgres/schema.ts';

/** Everything of ours in a PostgreSQL database, in the order in which it is made. */
export const DATABASE_SCHEMAS: readonly PostgresSchema[] = [CONTROL_SCHEMA, REGISTER_SCHEMA, JOURNAL_SCHEMA];
