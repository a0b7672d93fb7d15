import type { TestServer } from '@vidimus/testkit';

const PATIENCE_MS = 20_000;

/** Waits until the server says that it can answer. */
export async function becomeReady(server: TestServer): Promise<void> {
  const giveUpAt = performance.now() + PATIENCE_MS;
  while ((await fetch(`${server.url}/readyz`)).status !== 200) {
    if (performance.now() > giveUpAt) throw new Error('The server does not become ready.');
    await new Promise((later) => setTimeout(later, 10));
  }
}
