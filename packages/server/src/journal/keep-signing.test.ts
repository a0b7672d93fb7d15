import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type KeepSigningParts, type KeptSigned, keepSigning } from './keep-signing.ts';
import type { Signing, SigningState } from './signing.ts';

const MINUTE = 60_000;
const START = 1_800_000_000_000;
const TREE_KEY = {
  key: { name: 'ledger', id: '00000000', publicKey: new Uint8Array(32) },
  privateKey: generateKeyPairSync('ed25519').privateKey,
};

let state: SigningState;
let result: Signing['kind'] | 'thrown' | 'never';
let signings: number[];
let reports: (string | null)[];
let kept: KeptSigned;

const journal: KeepSigningParts['journal'] = {
  now: () => Date.now(),
  signing: async () => state,
  async signTree(_, youngest) {
    signings.push(youngest);
    if (result === 'thrown') throw new Error('no thread');
    if (result === 'never') return new Promise<never>(() => undefined);
    if (result === 'not-signed') return { kind: 'not-signed', code: 'ledger-unreadable' };
    state = { ...state, newest: { size: state.entries, at: Date.now() } };
    return { kind: 'signed', size: state.entries };
  },
};
const grow = (entries: number) => {
  state = { ...state, entries: state.entries + entries };
};
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  vi.useFakeTimers({ now: START });
  state = { entries: 0, newest: null };
  result = 'signed';
  signings = [];
  reports = [];
  kept = keepSigning({
    journal,
    treeKey: () => TREE_KEY,
    every: 5 * MINUTE,
    report: (code) => reports.push(code),
  });
});
afterEach(() => vi.useRealTimers());

test('nothing is signed while nothing was added', async () => {
  await pass(30 * MINUTE);
  await kept.close();
  expect(signings).toEqual([]);
});

test('the first entries are signed at once, later ones when the newest checkpoint is five minutes old', async () => {
  grow(1);
  await pass(10_000);
  expect(state.newest?.size).toBe(1);
  grow(1);
  await pass(4 * MINUTE);
  expect(signings).toHaveLength(1);
  await pass(MINUTE + 10_000);
  expect(state.newest?.size).toBe(2);
  expect(signings).toHaveLength(2);
});

test('the checkpoint of another process counts', async () => {
  state = { entries: 9, newest: { size: 8, at: START } };
  await pass(4 * MINUTE);
  state = { entries: 10, newest: { size: 9, at: Date.now() } };
  await pass(4 * MINUTE);
  expect(signings).toEqual([]);
});

test('a checkpoint from a time when a clock was ahead does not keep others from being signed', async () => {
  state = { entries: 9, newest: { size: 8, at: START + 365 * 24 * 60 * MINUTE } };
  await pass(10_000);
  expect(state.newest?.size).toBe(9);
});

test('at the end the rest is signed, however young the newest checkpoint is', async () => {
  state = { entries: 9, newest: { size: 8, at: START } };
  await kept.close();
  expect(state.newest?.size).toBe(9);
  await pass(30 * MINUTE);
  expect(signings).toEqual([0]);
});

test('a signing that hangs does not keep the server from stopping', async () => {
  result = 'never';
  grow(1);
  const closed = kept.close().then(() => 'closed');
  await pass(5000);
  expect(await closed).toBe('closed');
});

test('damage is reported once, tells why nothing can be signed, and is over when something is signed', async () => {
  result = 'not-signed';
  grow(1);
  await pass(10 * MINUTE);
  expect(reports).toEqual(['ledger-unreadable']);
  expect(kept.trouble()).toMatch(/audit verify/);
  result = 'signed';
  await pass(10_000);
  expect(reports).toEqual(['ledger-unreadable', null]);
  expect(kept.trouble()).toBeNull();
});

test('fewer entries than were signed before are damage too', async () => {
  state = { entries: 7, newest: { size: 8, at: START - 10 * MINUTE } };
  result = 'not-signed';
  await pass(10_000);
  expect(kept.trouble()).toMatch(/audit verify/);
});

test('what may pass is reported, and no trouble', async () => {
  result = 'thrown';
  grow(1);
  await pass(MINUTE);
  expect(reports).toEqual(['unexpected']);
  expect(kept.trouble()).toBeNull();
  result = 'signed';
  await pass(10_000);
  expect(reports).toEqual(['unexpected', null]);
});
