import { readdirSync, writeFileSync } from 'node:fs';
import { temporaryFolder } from '@vidimus/testkit';
import { expect, test } from 'vitest';
import { Generations } from './generations.ts';

function adopt(generations: Generations, content: string): void {
  writeFileSync(generations.beginDraft(), content);
  generations.adoptDraft(null);
}

test('each import is a generation, the one before it is kept, and going back puts it in force', () => {
  const folder = temporaryFolder();
  const generations = new Generations(folder);
  expect(generations.current()).toBeNull();
  expect(() => generations.goBack()).toThrow(expect.objectContaining({ code: 'rollback-impossible' }));
  adopt(generations, 'a');
  expect(() => generations.goBack()).toThrow(expect.objectContaining({ code: 'rollback-impossible' }));
  adopt(generations, 'b');
  adopt(generations, 'c');
  expect(readdirSync(folder).sort()).toEqual(['000002.db', '000003.db', 'current']);
  generations.goBack();
  expect(generations.current()).toBe('000002.db');
  expect(generations.previous()).toBeNull();
  adopt(generations, 'd');
  expect(generations.current()).toBe('000004.db');
  expect(generations.previous()).toBe('000002.db');
  expect(readdirSync(folder).sort()).toEqual(['000002.db', '000004.db', 'current']);
});

test('a draft left by a killed import is nothing', () => {
  const folder = temporaryFolder();
  const generations = new Generations(folder);
  adopt(generations, 'a');
  writeFileSync(generations.beginDraft(), 'half');
  const next = new Generations(folder);
  expect(next.current()).toBe('000001.db');
  adopt(next, 'b');
  expect(next.current()).toBe('000002.db');
});
