import { VidimusError } from '../vidimus-error.ts';

/** Waits, unless the caller's signal ends it first. */
export function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', end);
      resolve();
    }, ms);
    function end(): void {
      clearTimeout(timer);
      if (signal !== undefined) reject(aborted(signal));
    }
    signal?.addEventListener('abort', end, { once: true });
  });
}

export function aborted(signal: AbortSignal): VidimusError {
  return new VidimusError('The call was aborted.', {
    kind: 'aborted',
    code: 'aborted',
    fix: 'The signal that was given ended it.',
    retryable: false,
    cause: signal.reason,
  });
}
