import type { Terminal } from './terminal.ts';

const REDRAW_MS = 100;
const BAR_CELLS = 24;

/** A bar on stderr for long work, on a terminal only; `finish` wipes it. */
export interface Progress {
  /** @param note what stands behind the bar */
  show(done: number, of: number, note?: string): void;
  finish(): void;
}

export function progressBar(terminal: Terminal, label: string): Progress {
  const { stderr } = terminal;
  let drawnAt = Number.NEGATIVE_INFINITY;
  return {
    show(done, of, note = '') {
      const now = performance.now();
      if (stderr.isTTY !== true || now - drawnAt < REDRAW_MS) return;
      drawnAt = now;
      const share = of === 0 ? 1 : Math.min(1, done / of);
      const filled = Math.round(share * BAR_CELLS);
      const bar = '█'.repeat(filled) + '░'.repeat(BAR_CELLS - filled);
      stderr.write(`\r\u001b[K${label} ${bar} ${Math.floor(share * 100)} %${note === '' ? '' : `, ${note}`}`);
    },
    finish() {
      if (stderr.isTTY === true && drawnAt > Number.NEGATIVE_INFINITY) stderr.write('\r\u001b[K');
    },
  };
}
