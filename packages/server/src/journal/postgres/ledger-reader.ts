import { unseal } from '../../storage/sealing.ts';
import type { Row, Sql, SqlValue } from '../../storage/sql.ts';
import { QUESTIONS } from '../entry.ts';
import { decodeDetails, decodeLeaf } from '../entry-bytes.ts';
import type { LedgerKeys } from '../ledger-keys.ts';
import { EVERY_RECORD, type LedgerReader, type LedgerRecord, type RecordQuery } from '../records.ts';
import { referenceKey } from '../reference-key.ts';
import { detailsPlace } from './entry-rows.ts';

const FROM = `
  from entry left join tree_leaf on tree_leaf.account = entry.account and tree_leaf.id = entry.id`;
const COLUMNS = `select entry.account, entry.id, entry.leaf, entry.details, tree_leaf.position ${FROM}`;

/** Reads entries. Whoever names an account asks one node. */
export function ledgerReader(sql: Sql, keys: () => LedgerKeys): LedgerReader {
  async function records(query: RecordQuery, isEndless = false): Promise<LedgerRecord[]> {
    const { where, given } = conditionsOf(query, keys());
    // Within an account ids are in the order of time.
    const order =
      query.account === null ? 'entry.at desc, entry.account desc, entry.id desc' : 'entry.id desc';
    const page = isEndless ? '' : `limit $${given.length + 1} offset $${given.length + 2}`;
    const bounds = isEndless ? [] : [query.limit, query.skip];
    const rows = await sql.all(`${COLUMNS} ${where} order by ${order} ${page}`, ...given, ...bounds);
    return rows.map((row) => readRecord(keys(), row));
  }
  return {
    records: (query) => records(query),
    async recordOf(account, id) {
      const row = await sql.get(`${COLUMNS} where entry.account = $1 and entry.id = $2`, account, id);
      return row === undefined ? null : readRecord(keys(), row);
    },
    async questionsAbout(subject) {
      const found = await records({ ...EVERY_RECORD, subject, operations: QUESTIONS }, true);
      return found.reverse();
    },
    async count(query) {
      const { where, given } = conditionsOf(query, keys());
      const row = await sql.get(`select count(*) as entries from entry ${where}`, ...given);
      return row?.['entries'] as number;
    },
  };
}

/** Only the questions that are asked get into the statement, so that it finds the index for them. */
function conditionsOf(query: RecordQuery, keys: LedgerKeys): { where: string; given: SqlValue[] } {
  const given: SqlValue[] = [];
  const parameter = (value: SqlValue): string => `$${given.push(value)}`;
  const asked: [(value: string) => string, SqlValue][] = [
    [(value) => `entry.account = ${value}`, query.account],
    [(value) => `entry.subject = ${value}`, query.subject],
    [(value) => `entry.reference = ${value}`, referenceKey(keys, query.reference)],
    [(value) => `entry.register = ${value}`, query.register],
    [(value) => `convert_from(entry.leaf, 'UTF8')::json ->> 'outcome' = ${value}`, query.outcome],
    [(value) => `entry.at >= ${value}`, query.from],
    [(value) => `entry.at < ${value}`, query.to],
    [(value) => `entry.id < ${value}`, query.before],
  ];
  const conditions = asked.flatMap(([condition, value]) =>
    value === null ? [] : [condition(parameter(value))],
  );
  if (query.operations !== null) {
    conditions.push(`entry.operation in (${query.operations.map(parameter).join(', ')})`);
  }
  return { where: conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`, given };
}

function readRecord(keys: LedgerKeys, row: Row): LedgerRecord {
  const [account, id] = [row['account'] as string, row['id'] as number];
  const sealed = row['details'] as Uint8Array | null;
  const { v: _, details: __, ...leaf } = decodeLeaf(row['leaf'] as Uint8Array);
  const details =
    sealed === null ? null : decodeDetails(unseal(keys.ledger, detailsPlace(account, id), sealed));
  const { reference = null, context = null, summary = null, purpose = null } = details ?? {};
  return { id, entry: row['position'] as number | null, ...leaf, reference, context, summary, purpose };
}
