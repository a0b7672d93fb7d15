#!/usr/bin/env node
// Starts the command with a Node that can run it: this one, or the one that came with `npm ci`.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module, { createRequire } from 'node:module';
import { constants } from 'node:os';
import { dirname } from 'node:path';
import { setFlagsFromString } from 'node:v8';

const NEEDED = [24, 21];

if (isNewEnough(process.versions.node)) {
  const { directory } = module.enableCompileCache();
  // Threads have no cache of their own, unless the environment names one; Node adds a folder for its version.
  if (directory !== undefined) process.env.NODE_COMPILE_CACHE ??= dirname(directory);
  // What requests make dies young. V8 guesses otherwise from those that are under way when it first cleans up, puts
  // the next ones where they outlive it, and spends a tenth of the time on carrying them about.
  setFlagsFromString('--no-allocation-site-pretenuring');
  const source = new URL('../src/main.ts', import.meta.url);
  await import(existsSync(source) ? source.href : new URL('../dist/main.js', import.meta.url).href);
} else {
  handOver(findCarriedNode());
}

function isNewEnough(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]);
}

function findCarriedNode() {
  try {
    return createRequire(import.meta.url).resolve(`node-${process.platform}-${process.arch}/bin/node`);
  } catch {
    return null;
  }
}

function handOver(node) {
  if (node === null) {
    console.error(`Vidimus needs Node ${NEEDED.join('.')} or newer; this is ${process.versions.node}.`);
    console.error(
      'Install it from https://nodejs.org, or on Linux (x64, arm64) run: npm ci --include=optional',
    );
    process.exit(1);
  }
  const child = spawn(node, process.argv.slice(1), { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'])
    process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
}
