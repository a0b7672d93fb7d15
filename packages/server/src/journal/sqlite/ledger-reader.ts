import { unseal } from '../../storage/sealing.ts';
import type { DatabaseSync } from '../../storage/sqlite.ts';
import { QUESTIONS } from '../entry.ts';
import { decodeDetails, decodeLeaf } from '../entry-bytes.ts';
import type { LedgerKeys } from '../ledger-keys.ts';
import { EVERY_RECORD, type LedgerReader, type LedgerRecord, type RecordQuery } from '../records.ts';
import { referenceKey } from '../reference-key.ts';
import { EVERY_BLOCK } from './entry-blocks.ts';
import { detailsPlace } from './ledger-rows.ts';

type Parameters = Record<string, string | number | Uint8Array>;

/** Reads entries on a connection that the caller owns. */
export function ledgerReader(db: DatabaseSync, keys: LedgerKeys): LedgerReader {
  async function records(query: RecordQuery): Promise<LedgerRecord[]> {
    const { from, where, parameters } = conditionsOf(query, keys);
    const rows = db
      .prepare(`select id, leaf, details from ${from} ${where} order by id desc limit :limit offset :skip`)
      .all({ ...parameters, limit: query.limit, skip: query.skip });
    return rows.map((row) =>
      readRecord(keys, row['id'] as number, row['leaf'] as Uint8Array, row['details'] as Uint8Array | null),
    );
  }
  return {
    records,
    async recordOf(account, id) {
      const row = db.prepare('select leaf, details from entry where id = ? and account = ?').get(id, account);
      return row === undefined
        ? null
        : readRecord(keys, id, row['leaf'] as Uint8Array, row['details'] as Uint8Array | null);
    },
    async questionsAbout(subject) {
      const found = await records({ ...EVERY_RECORD, subject, operations: QUESTIONS, limit: -1 });
      return found.toReversed();
    },
    async count(query) {
      const { from, where, parameters } = conditionsOf(query, keys);
      const sql = `select count(*) as entries from ${from} ${where}`;
      return db.prepare(sql).get(parameters)?.['entries'] as number;
    },
  };
}

/** Only the questions that are asked get into the statement, so that it finds the index for them. */
function conditionsOf(
  query: RecordQuery,
  keys: LedgerKeys,
): { from: string; where: string; parameters: Parameters } {
  const asked: [string, string, string | number | Uint8Array | null][] = [
    ['account = :account', 'account', query.account],
    ['subject = :subject', 'subject', query.subject],
    ['reference = :reference', 'reference', referenceKey(keys, query.reference)],
    ['register = :register', 'register', query.register],
    [
      'operation in (select value from json_each(:operations))',
      'operations',
      query.operations && JSON.stringify(query.operations),
    ],
    [`json_extract(cast(leaf as text), '$.outcome') = :outcome`, 'outcome', query.outcome],
    ['at >= :from', 'from', query.from],
    ['at < :to', 'to', query.to],
    ['id < :before', 'before', query.before],
  ];
  const conditions: string[] = [];
  const parameters: Parameters = {};
  for (const [condition, name, value] of asked) {
    if (value === null) continue;
    conditions.push(condition);
    parameters[name] = value;
  }
  return {
    from: query.subject === null && query.reference === null ? 'entry' : EVERY_BLOCK,
    where: conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`,
    parameters,
  };
}

function readRecord(
  keys: LedgerKeys,
  id: number,
  leafBytes: Uint8Array,
  sealed: Uint8Array | null,
): LedgerRecord {
  const { v: _, details: __, ...leaf } = decodeLeaf(leafBytes);
  const details = sealed === null ? null : decodeDetails(unseal(keys.ledger, detailsPlace(id), sealed));
  const { reference = null, context = null, summary = null, purpose = null } = details ?? {};
  return { id, entry: id, ...leaf, reference, context, summary, purpose };
}
