import { AggregatorRegistry, Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { RegisterName } from '../journal/entry.ts';
import type { SigningState } from '../journal/signing.ts';
import type { AsWorker } from '../workers/as-worker.ts';

/** Prometheus metrics. Labels come from closed lists in the code, so that none can carry personal data. */
export interface Metrics {
  lookup(surface: string, outcome: string, seconds: number): void;
  request(method: string, route: string, status: number, seconds: number): void;
  /** Rows of uploaded batches that were done, and those among them that could not be asked about. */
  batchRows(rows: number, errors: number): void;
  render(): Promise<string>;
  readonly contentType: string;
}

export interface Gauges {
  /** What the register in force holds, and the time of its last import in ms; null before the first. */
  readonly statistics: (
    register: RegisterName,
  ) => Promise<{ readonly records: number; readonly lastImport: number | null } | null>;
  readonly clock: () => number;
  /** How far the machine's clock has stepped away from the time that has passed, in ms. */
  readonly clockStep: () => number;
  readonly signing: () => Promise<SigningState>;
  /** Uploaded batches that run or wait, and their rows that are not done. */
  readonly backlog: () => Promise<{ readonly jobs: number; readonly rows: number }>;
  /** Where several processes serve together: whoever is scraped answers for all. */
  readonly worker: Pick<AsWorker, 'tells' | 'partsOfAll'> | null;
}

/** What is the same in every worker is told once. */
const SAME_EVERYWHERE = { aggregator: 'max' } as const;

const REGISTERS = ['cpr', 'ssn'] as const;
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

export function openMetrics(gauges: Gauges): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const lookups = new Counter({
    name: 'vidimus_lookups_total',
    help: 'Lookups by surface and outcome.',
    labelNames: ['surface', 'outcome'],
    registers,
  });
  const lookupSeconds = new Histogram({
    name: 'vidimus_lookup_duration_seconds',
    help: 'From parsed request to durable outcome.',
    buckets: SECONDS,
    labelNames: ['surface'],
    registers,
  });
  const requestSeconds = new Histogram({
    name: 'http_server_request_duration_seconds',
    help: 'HTTP requests by method, route and status.',
    buckets: SECONDS,
    labelNames: ['http_request_method', 'http_route', 'http_response_status_code'],
    registers,
  });
  const records = new Gauge({
    ...SAME_EVERYWHERE,
    name: 'vidimus_register_records',
    help: 'Records in the register in force.',
    labelNames: ['register'],
    registers,
  });
  const importAge = new Gauge({
    ...SAME_EVERYWHERE,
    name: 'vidimus_register_import_age_seconds',
    help: 'Time since the last import.',
    labelNames: ['register'],
    registers,
  });
  const clockStep = new Gauge({
    ...SAME_EVERYWHERE,
    name: 'vidimus_clock_step_seconds',
    help: 'How far the clock of this machine has stepped away from the time that has passed; 0 is good.',
    registers,
  });
  const unsigned = new Gauge({
    ...SAME_EVERYWHERE,
    name: 'vidimus_ledger_unsigned_entries',
    help: 'Entries that no checkpoint covers yet.',
    registers,
  });
  const checkpointAge = new Gauge({
    ...SAME_EVERYWHERE,
    name: 'vidimus_ledger_checkpoint_age_seconds',
    help: 'Time since the newest checkpoint was signed; none before the first.',
    registers,
  });

  const batchRows = new Counter({
    name: 'vidimus_batch_rows_total',
    help: 'Rows of uploaded batches by result: asked, or not asked because of an error in the row.',
    labelNames: ['result'],
    registers,
  });
  const batchesWaiting = new Gauge({
    ...SAME_EVERYWHERE,
    name: 'vidimus_batches_open',
    help: 'Uploaded batches that run or wait.',
    registers,
  });
  const batchRowsWaiting = new Gauge({
    ...SAME_EVERYWHERE,
    name: 'vidimus_batch_rows_open',
    help: 'Rows of uploaded batches that are still to be done.',
    registers,
  });

  /** Before each scrape, so that what two gauges tell is read once. */
  async function readGauges(): Promise<void> {
    for (const register of REGISTERS) {
      const statistics = await gauges.statistics(register);
      records.set({ register }, statistics?.records ?? 0);
      const lastImport = statistics?.lastImport ?? null;
      if (lastImport !== null) importAge.set({ register }, (gauges.clock() - lastImport) / 1000);
    }
    clockStep.set(gauges.clockStep() / 1000);
    tellSigning(await gauges.signing().catch(() => null));
    const backlog = await gauges.backlog().catch(() => null);
    if (backlog !== null) {
      batchesWaiting.set(backlog.jobs);
      batchRowsWaiting.set(backlog.rows);
    }
  }

  /** Without a ledger to be read there is nothing to tell, and everything else is told all the same. */
  function tellSigning(state: SigningState | null): void {
    if (state === null) unsigned.remove();
    else unsigned.set(state.entries - (state.newest?.size ?? 0));
    const at = state?.newest?.at ?? null;
    if (at === null) checkpointAge.remove();
    else checkpointAge.set((gauges.clock() - at) / 1000);
  }
  gauges.worker?.tells(async () => {
    await readGauges();
    return registry.getMetricsAsJSON();
  });
  return {
    lookup(surface, outcome, seconds) {
      lookups.inc({ surface, outcome });
      lookupSeconds.observe({ surface }, seconds);
    },
    request(method, route, status, seconds) {
      requestSeconds.observe(
        { http_request_method: method, http_route: route, http_response_status_code: String(status) },
        seconds,
      );
    },
    batchRows(rows, errors) {
      batchRows.inc({ result: 'asked' }, rows - errors);
      batchRows.inc({ result: 'error' }, errors);
    },
    async render() {
      if (gauges.worker !== null) return ofAll((await gauges.worker.partsOfAll()) as Part[]).metrics();
      await readGauges();
      return registry.metrics();
    },
    contentType: registry.contentType,
  };
}

type Part = Awaited<ReturnType<Registry['getMetricsAsJSON']>>;

/** Adds up what the workers have counted; each metric says how. */
function ofAll(parts: readonly Part[]): Registry {
  return AggregatorRegistry.aggregate([...parts]);
}
