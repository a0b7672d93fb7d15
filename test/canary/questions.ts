import { AUDIT, CASE_WORDS, type Client, details, shownOf, shownWhenTyped } from './asking.ts';
import { type CanaryHolder, textsOfHolder } from './holders.ts';
import { ownDetails } from './own-questions.ts';
import { type CanaryPerson, TYPED, textsOf } from './persons.ts';

const json = (value: unknown) => JSON.stringify(value);

/** All good questions about a person, right and wrong. */
export async function askAbout(client: Client, person: CanaryPerson): Promise<void> {
  const { cpr, unspoken } = person;
  const shown = shownOf(person);
  await client.ssnDetails(json({ Cpr: cpr }), shown);
  await client.ssnDetails(json({ Cpr: `${cpr.slice(0, 6)}-${cpr.slice(6)}` }), shown);
  await client.cpr('lookup', json({ audit: AUDIT, cpr }), [...shown, cpr]);
  const repeated = shownWhenTyped(person);
  await client.cpr('validate', details(person), repeated);
  await client.cpr('validation', details(person, { city: person.address.city, floor: null }), repeated);
  const typed = { firstNames: TYPED.given, lastName: TYPED.surname, street: TYPED.road };
  await client.cpr('validate', details(person, typed), [...shown, ...Object.values(TYPED)]);
  const former = { firstNames: unspoken.given, lastName: unspoken.surname };
  await client.cpr('validate', details(person, former), [
    ...repeated,
    ...(person.isProtected ? [] : Object.values(former)),
  ]);
}

/** A body that holds all that a person is known by, no longer as it should be. */
function spoiltBodies(good: string, person: CanaryPerson): (string | Buffer)[] {
  const all = textsOf(person);
  const { cpr, name } = person;
  return [
    good.slice(0, -1),
    `${good}${name.surname}`,
    good.replace('{', `{"${name.given}":1,"${name.given}":2,`),
    good.replace('{', `{"__proto__":"${name.given}",`),
    good.replace(`"${cpr}"`, cpr),
    good.replace(`"${cpr}"`, json(all)),
    good.replace(`"${cpr}"`, json({ [name.given]: cpr })),
    good.replace(cpr, `${cpr}${name.surname}`),
    json(all),
    json(name.surname),
    cpr,
    json(Object.fromEntries(all.map((text) => [text, text]))),
    good.replace('{', `{"more":"${all.join(' ').repeat(200)}",`),
    Buffer.concat([Buffer.from(good), Buffer.from([0xff])]),
    Buffer.from(good, 'latin1'),
    Buffer.from(good, 'utf16le'),
  ];
}

/** Everything that can be wrong with a question, with all that a person is known by in it. */
export async function askBadly(client: Client, person: CanaryPerson): Promise<void> {
  const all = textsOf(person);
  const { cpr, name } = person;
  const good = details(person);
  // Some of it is good all the same, to a surface that knows other fields.
  const allowed = [...shownWhenTyped(person), ...(person.isProtected ? [] : [cpr])];
  for (const body of spoiltBodies(good, person)) {
    await client.ssnDetails(body, allowed);
    await client.cpr('validate', body, allowed);
    await client.verify(body, { 'content-type': 'application/json' });
  }
  for (const body of [good, ...spoiltBodies(ownDetails(person), person)]) {
    for (const path of ['/lookups', '/verifications']) await client.ours(path, body, allowed);
  }
  const changes = [
    { dateOfBirth: name.surname },
    { audit: name.surname },
    { audit: { externalReference: [name.surname] } },
    { firstNames: all },
    { lastName: { [name.surname]: cpr } },
    { street: Number(cpr) },
    { floor: [name.given] },
  ];
  for (const change of changes) await client.cpr('validate', details(person, change), allowed);
  const ownChanges = [
    { dateOfBirth: name.surname },
    { address: { [name.surname]: cpr } },
    { given: all },
    { surname: { [name.surname]: cpr } },
    { reference: Number(cpr) },
    { register: name.given },
  ];
  for (const change of ownChanges) await client.ours('/verifications', ownDetails(person, change), allowed);
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    `application/${encodeURIComponent(name.surname)}`,
  ]) {
    await client.ssnDetails(good, [], { 'content-type': type });
    await client.cpr('lookup', good, [], { 'content-type': type });
    await client.verify(good, { 'content-type': type });
    await client.ours('/lookups', good, [], { 'content-type': type });
  }
}

/** The same in every place of a request but the body. */
export async function askElsewhere(
  client: Client,
  person: CanaryPerson,
  hyphened = person.cpr,
): Promise<void> {
  const { cpr, name } = person;
  const path = encodeURIComponent(name.surname);
  for (const prefix of [
    '',
    '/op',
    '/op/api/v1',
    '/api',
    '/api/cpr',
    '/v1',
    '/vidimus/v1',
    '/docs',
    '/op/swagger',
    '/livez',
  ]) {
    await client.ask(`${prefix}/${path}/${cpr}`, { method: 'GET' });
    await client.ask(`${prefix}/${cpr}%zz?${path}=${hyphened}`, { body: details(person) });
  }
  for (const broker of [path, cpr, `${cpr}%ff`, path.repeat(30)])
    await client.ask(`/api/cpr/${broker}/lookup`, { body: details(person) });
  for (const field of [
    'externalReference',
    'from',
    'to',
    'category',
    'operation',
    'page',
    'pageSize',
    path,
  ]) {
    await client.records(`${field}=${path}`);
    await client.records(`${field}=${cpr}&${field}=${hyphened}`);
  }
  for (const id of [path, cpr, hyphened]) {
    await client.readOurs(`/verifications/${id}`);
    await client.readOurs(`/records/${id}/proof`);
    for (const filter of ['cursor', 'limit', 'register', 'reference'])
      await client.readOurs(`/records?${filter}=${id}`, CASE_WORDS);
  }
  const latin1 = Buffer.from(name.surname).toString('latin1');
  const headers = [
    ...[cpr, hyphened, `case-${cpr}`, latin1].map((id) => ({ 'X-Request-Id': id })),
    ...[cpr, latin1].flatMap((text) => [
      { 'User-Agent': text },
      { Cookie: `name=${text}` },
      { transactionId: text },
      { 'X-Simulate': text },
      { 'Idempotency-Key': text },
      { 'X-Forwarded-For': text },
      { Authorization: `Bearer ${text}` },
      { Authorization: `Basic ${Buffer.from(`${text}:${name.surname}`).toString('base64')}` },
      { 'X-Api-Key': text },
      { appId: text, appKey: text },
    ]),
  ];
  for (const header of headers) {
    await client.ssnDetails('{', [], header);
    await client.cpr('lookup', '{}', [], header);
    await client.verify('{}', { 'content-type': 'application/json', ...header });
    await client.ours('/lookups', '{}', [], header);
    await client.ask('/op/connect/token', {
      headers: header,
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
    await client.ask('/nowhere', { method: 'GET', headers: header });
  }
  for (const target of [
    '/op/api/v1/ssn-details',
    '/op/connect/token',
    '/api/brokers',
    '/api/cpr/cpr/lookup',
    '/v1/ssnVerification',
    '/vidimus/v1/lookups',
  ]) {
    await client.ask(target, {
      method: 'DELETE',
      headers: { 'content-type': 'application/json' },
      body: details(person),
    });
  }
  for (const field of ['grant_type', 'client_id', 'client_secret', 'scope', 'client_assertion']) {
    const form = { grant_type: 'client_credentials', client_id: 'x', client_secret: 'x' };
    await client.ask('/op/connect/token', {
      body: new URLSearchParams({ ...form, [field]: `${name.surname} ${cpr}` }),
    });
  }
}

/** All questions about a holder: names right, wrong, mixed up and impossible, as JSON and as forms. */
export async function askAboutHolder(client: Client, holder: CanaryHolder): Promise<void> {
  const { ssn, first, middle, last, alias } = holder;
  const type = { 'content-type': 'application/json' };
  const names = [
    [first, last],
    [`${first} ${middle}`, alias],
    [last, first],
    [TYPED.given, TYPED.surname],
    [first, TYPED.surname],
  ] as const;
  for (const [firstName, lastName] of names) await client.verify(json({ firstName, lastName, ssn }), type);
  await client.verify(new URLSearchParams({ firstName: first, lastName: last, ssn }));
  const form = new FormData();
  for (const [field, value] of Object.entries({ firstName: first, lastName: last, ssn }))
    form.append(field, value);
  await client.verify(form);
  form.append('ssn', ssn);
  await client.verify(form);
  const all = textsOfHolder(holder).join(' ');
  const bad = [
    { firstName: `${first}1`, lastName: last, ssn },
    { firstName: first, lastName: `${last}@`, ssn },
    { firstName: first, lastName: last, ssn: `${ssn}x` },
    { firstName: first, lastName: last, ssn: `${ssn}-1` },
    { firstName: first, lastName: last, ssn: Number(ssn.replaceAll('-', '')) },
    { firstName: first, lastName: '', ssn },
    { firstName: [first], lastName: { last }, ssn: [ssn] },
    { [all]: all },
  ];
  for (const body of bad) await client.verify(json(body), type);
  await client.verify(json({ firstName: first, ssn }).slice(0, -1), type);
  await client.verify(all, { 'content-type': 'text/plain' });
  for (const header of ['X-Request-Id', 'transactionId', 'appKey', 'User-Agent']) {
    await client.verify('{}', { ...type, [header]: ssn });
    await client.verify('{}', { ...type, [header]: ssn.replaceAll('-', '') });
  }
}
