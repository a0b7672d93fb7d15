import { cprPopulation } from '@vidimus/testkit';
import autocannon from 'autocannon';

interface Latency {
  readonly p50: number;
  readonly p99: number;
  readonly requests: number;
  readonly failed: number;
}

const SECONDS = 8;
/** Far from what a server can do: what a batch adds shows best where nobody waits for anybody else. */
const REQUESTS_PER_SECOND = 100;

/** What live lookups take, in milliseconds, at a rate that leaves the server idle most of the time. */
export async function liveLatency(
  url: string,
  apiKey: string,
  seed: number,
  persons: number,
): Promise<Latency> {
  const population = cprPopulation(seed);
  const bodies = Array.from({ length: 1000 }, (_, at) =>
    JSON.stringify({
      audit: { externalReference: `live-${at}` },
      cpr: population.person((at * 31) % persons).number,
    }),
  );
  const result = await autocannon({
    url: `${url}/api/cpr/cpr/lookup`,
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': apiKey },
    connections: 4,
    overallRate: REQUESTS_PER_SECOND,
    duration: SECONDS,
    requests: bodies.map((body) => ({ body })),
  });
  const { p50, p99 } = result.latency;
  return { p50, p99, requests: result.requests.total, failed: result.non2xx + result.errors };
}
