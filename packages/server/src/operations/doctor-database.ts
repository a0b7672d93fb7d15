import type { DatabaseFacts } from '../storage/postgres/database-facts.ts';
import { type Finding, good } from './finding.ts';

/** Tokens and blocks are told in seconds; beyond this the two clocks say different things about them. */
const CLOCKS_APART_MS = 2000;

/** What is to be said about the database that a server keeps everything in. */
export function databaseFindings(facts: DatabaseFacts): Finding[] {
  return [reached(facts), standby(facts), clocks(facts)];
}

function reached({ engine, isHere, tls, parts }: DatabaseFacts): Finding {
  const tables = parts.map(({ part, version }) => `${part} ${version}`).join(', ');
  const way = tls ?? (isHere ? 'not encrypted, on this machine' : 'not encrypted');
  const says = `${engine}, ${way}; tables: ${tables}`;
  const behind = parts.filter(({ version, newest }) => version < newest);
  if (behind.length > 0) {
    return { about: 'database', state: 'bad', says, remedy: 'vidimus database migrate' };
  }
  return tls === null && !isHere
    ? {
        about: 'database',
        state: 'watch',
        says,
        remedy: 'turn ssl on there and put sslmode=verify-full into VIDIMUS_DATABASE_URL (docs/scale.md)',
      }
    : good('database', says);
}

function standby({ standbys }: DatabaseFacts): Finding {
  return standbys === null
    ? {
        about: 'standby',
        state: 'watch',
        says: 'no synchronous standby: what is answered for is on one disk only',
        remedy: 'have one, best with Patroni (docs/scale.md), or accept that a lost disk loses entries',
      }
    : good('standby', `a commit waits for: ${standbys}`);
}

function clocks({ clockAheadMs }: DatabaseFacts): Finding {
  const seconds = (Math.abs(clockAheadMs) / 1000).toFixed(1);
  return Math.abs(clockAheadMs) > CLOCKS_APART_MS
    ? {
        about: 'database clock',
        state: 'bad',
        says: `${seconds} seconds ${clockAheadMs > 0 ? 'ahead of' : 'behind'} this machine`,
        remedy: 'have both follow the same time server: blocks go by the database, tokens by this machine',
      }
    : good('database clock', 'as on this machine');
}
