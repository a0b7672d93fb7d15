import fc from 'fast-check';
import { type BadRequest, framing, otherMethods } from './bad-request.ts';
import type { Credentials } from './credentials.ts';
import { multipartForms, urlencodedForms } from './form-bodies.ts';
import { expectedFor } from './json-surfaces.ts';
import { headerText, idleHeaders, oddIds } from './odd-headers.ts';
import { asciiWord, longText } from './odd-text.ts';

/** SSN verification asked with a form. */
export function aroundForm(own: Credentials): fc.Arbitrary<BadRequest> {
  const good = [
    ['firstName', 'John'],
    ['lastName', 'Doe'],
    ['ssn', '123-45-6789'],
  ] as const;
  return fc
    .tuple(fc.oneof(urlencodedForms(good), multipartForms(good)), framing, oddIds, idleHeaders)
    .map(([form, framed, ids, idle]) => ({
      surface: 'ssn-verification',
      method: 'POST',
      path: '/v1/ssnVerification',
      headers: [['appid', own.appId], ['appkey', own.appKey], ['content-type', form.type], ...idle],
      body: form.bytes,
      framing: framed,
      expected: expectedFor('ssn-verification', form),
      isRecorded: true,
      ...ids,
    }));
}

const TOKEN_PATH = '/op/connect/token';
const FORM_TYPE = 'application/x-www-form-urlencoded';

/** The token endpoint: forms, client credentials, media types and methods that are wrong in every way. */
export function aroundToken(own: Credentials): fc.Arbitrary<BadRequest> {
  const good = [
    ['grant_type', 'client_credentials'],
    ['client_id', own.clientId],
    ['client_secret', own.clientSecret],
    ['scope', 'neb_api'],
  ] as const;
  const form = (fields: readonly (readonly [string, string])[]) =>
    new URLSearchParams(Object.fromEntries(fields)).toString();
  const plain = form(good);
  // Without a scope a token is due all the same, so that leaving it out is no fault.
  const faulty = urlencodedForms(good).map(({ type, bytes, deserves }) => ({
    headers: [['content-type', type]] as const,
    body: bytes,
    statuses: deserves === 'answered' || deserves === 'refused' ? [200, 400] : [400],
  }));
  const wrongValue = fc
    .tuple(
      fc.constantFrom(...good),
      fc.oneof(
        longText.map((text) => text.toWellFormed()),
        asciiWord,
      ),
    )
    .map(([[name], value]) => ({
      headers: [['content-type', FORM_TYPE]] as const,
      body: Buffer.from(form(good.map(([other, is]) => [other, other === name ? value : is] as const))),
      statuses: [400],
    }));
  const authorization = fc
    .oneof(
      headerText,
      asciiWord.map((word) => `Basic ${Buffer.from(word).toString('base64')}`),
      longText.map((word) => `Basic ${Buffer.from(`${word}:${word}`).toString('base64')}`),
      fc.constantFrom('Basic', 'Basic ====', 'Basic /w==', 'Bearer x', `Basic ${'QQ'.repeat(4000)}`),
    )
    .map((value) => ({
      headers: [
        ['authorization', value],
        ['content-type', FORM_TYPE],
      ] as const,
      body: Buffer.from('grant_type=client_credentials'),
      statuses: [400],
    }));
  const assertion = fc
    .oneof(asciiWord, fc.constantFrom('x.y.z', '..', 'e30.e30.', 'eyJhbGciOiJub25lIn0.e30.'))
    .map((jwt) => ({
      headers: [['content-type', FORM_TYPE]] as const,
      body: Buffer.from(
        form([
          ['grant_type', 'client_credentials'],
          ['client_assertion_type', 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'],
          ['client_assertion', jwt],
        ]),
      ),
      statuses: [400],
    }));
  const type = fc
    .oneof(
      headerText,
      fc.constantFrom('application/json', 'text/plain', 'multipart/form-data; boundary=x', ''),
    )
    .map((value) => ({
      headers: [['content-type', value]] as const,
      body: Buffer.from(plain),
      statuses: [400],
    }));
  const method = otherMethods('POST').map((other) => ({
    method: other,
    headers: [['content-type', FORM_TYPE]] as const,
    body: Buffer.from(plain),
    statuses: [405],
  }));
  return fc
    .tuple(
      fc.oneof<fc.WeightedArbitrary<TokenCase>[]>(
        { weight: 6, arbitrary: faulty },
        { weight: 4, arbitrary: wrongValue },
        { weight: 3, arbitrary: authorization },
        { weight: 1, arbitrary: assertion },
        { weight: 2, arbitrary: type },
        { weight: 1, arbitrary: method },
      ),
      framing,
      oddIds,
      idleHeaders,
    )
    .map(([{ headers, body, statuses, method: other = 'POST' }, framed, ids, idle]) => ({
      surface: 'tokens',
      path: TOKEN_PATH,
      method: other,
      headers: [...headers, ...idle],
      body,
      framing: framed,
      expected: { statuses, allow: 'POST' },
      isRecorded: false,
      ...ids,
    }));
}

interface TokenCase {
  readonly method?: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
  readonly statuses: readonly number[];
}
