import { problem, SIMULATE_HELP } from './problems.ts';
import { PLAIN_POINTER, vidimusProblem } from './vidimus-answers.ts';

export const SURFACES = ['ssn-details', 'cpr', 'ssn-verification', 'vidimus', 'tokens', 'outside'] as const;
export type SurfaceName = (typeof SURFACES)[number];

/** A body as a whole; `id` is the `X-Request-Id` beside it. */
export type Body = string | RegExp | ((body: string, id: string) => boolean);

/** What a surface may answer to bad input, or to a good question about a known number. */
interface Answers {
  readonly type: string;
  /** A status that is not here is none of the surface's. */
  readonly bodies: Readonly<Record<number, readonly Body[]>>;
  /** What only this surface's answers have among their headers. */
  readonly headers?: Readonly<Record<string, RegExp>>;
  /** What of a request an answer may repeat. */
  readonly repeats?: RegExp;
}

const JSON_TYPE = 'application/json; charset=utf-8';
const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

const message = (errorMessage: string) => JSON.stringify({ errorMessage });
const SSN_DETAILS: Answers = {
  type: JSON_TYPE,
  bodies: {
    200: [/^\{"ssn\.details\.status":"success"(,"ssn\.details\.[a-z_]+":"[^"]+")*\}$/],
    400: ['Missing Cpr parameter', 'Invalid Cpr parameter', 'Bad Request', SIMULATE_HELP].map(message),
    401: [''],
    404: [message('Not Found')],
    405: [message('Method Not Allowed')],
    413: [message('Payload Too Large')],
    415: [message('Unsupported Media Type')],
  },
};

const gateway = (statusCode: number, text: string) =>
  JSON.stringify({ message: text, statusCode, status: 'failure' });
const fieldError = (error: string) => JSON.stringify({ status: 'failure', statusCode: '400', error });
const success = (ssnMatch: string) =>
  JSON.stringify({
    status: 'success',
    statusCode: '200',
    result: { details: { ssnMatch }, summary: { action: 'pass', details: [] } },
  });
const SSN_VERIFICATION: Answers = {
  type: JSON_TYPE,
  bodies: {
    200: ['fullMatch', 'invalidFormat'].map(success),
    400: [
      ...['ssn', 'firstName', 'lastName'].map((field) => fieldError(`${field} is required`)),
      ...['firstName', 'lastName', 'SSN'].map((field) => fieldError(`Please provide valid ${field}`)),
      fieldError(SIMULATE_HELP),
      gateway(400, 'Bad Request'),
    ],
    401: [gateway(401, 'Missing/Invalid credentials')],
    404: [gateway(404, 'Not Found')],
    405: [gateway(405, 'Method Not Allowed')],
    413: [gateway(413, 'Payload Too Large')],
    415: [gateway(415, 'Unsupported Media Type')],
  },
};

const TOKEN_ERRORS = ['invalid_request', 'invalid_client', 'unsupported_grant_type', 'invalid_scope'];
const tokenError = (error: string) => JSON.stringify({ error });
const TOKENS: Answers = {
  type: JSON_TYPE,
  bodies: {
    200: [/^\{"access_token":"[\w.-]+","expires_in":3600,"token_type":"Bearer","scope":"[a-z_ ]*"\}$/],
    400: TOKEN_ERRORS.map(tokenError),
    405: [tokenError('invalid_request')],
  },
};

const NOT_FOUND = problem(404);
const OUTSIDE: Answers = { type: PROBLEM_TYPE, bodies: { 404: [NOT_FOUND] } };

const FIELD = '\\{"score":\\d+,"match":(true|false),"comment":(null|"[^"]*")\\}';
const CPR: Answers = {
  type: PROBLEM_TYPE,
  bodies: {
    200: [
      /^\{"person":\{"cprNumber":"\d{10}","name":\{.*\},"address":\{.*\},"personStatus":"Active","isNameAddressProtected":(true|false),"retrievedAtUtc":"[\dT:.-]+Z"\}\}$/,
      new RegExp(
        `^\\{"verdict":"(Match|PartialMatch|NoMatch)","overallScore":\\d+,"name":${FIELD},"address":${FIELD},"dateOfBirth":${FIELD},"risk":\\{"level":"(Low|Medium|High)","reasons":\\[("[A-Za-z]+",?)*\\]\\},"evidence":\\{[^]*\\}\\}$`,
      ),
      /^\[\{"id":"cpr","displayName":"CPR register","enabled":true,"requiresSeparateAgreement":false,"capabilities":"Cpr"\}\]$/,
      /^\{"page":\d+,"pageSize":\d+,"totalCount":\d+,"items":\[[^]*\]\}$/,
    ],
    400: [problem(400)],
    401: [problem(401)],
    404: [NOT_FOUND],
    405: [problem(405)],
    413: [problem(413)],
    415: [problem(415)],
  },
};

const BUDGET = '(,"budget":\\{"failures":0,"remaining":5[^}]*\\})?';
/** No answer repeats a number. */
const WITHOUT_NUMBER = '^(?!.*(130761-?0015|123-?45-?6789))';
const VIDIMUS: Answers = {
  type: PROBLEM_TYPE,
  bodies: {
    200: [
      new RegExp(
        `${WITHOUT_NUMBER}\\{"outcome":"(found|held)","register":"(cpr|ssn)",.*"answeredAt":"[^"]+"${BUDGET}\\}$`,
      ),
      new RegExp(
        `${WITHOUT_NUMBER}\\{"outcome":"compared","register":"cpr","verdict":".*"answeredAt":"[^"]+"${BUDGET}\\}$`,
      ),
      new RegExp(`${WITHOUT_NUMBER}\\{"records":\\[.*\\],"next":(null|"\\d+")\\}$`),
    ],
    400: [vidimusProblem('request-unreadable', 'simulation-unknown', 'idempotency-key-malformed')],
    401: [vidimusProblem('credentials-missing', 'credentials-invalid')],
    404: [vidimusProblem('path-unknown', 'record-unknown', 'verification-unknown')],
    405: [vidimusProblem('method-not-allowed')],
    409: [vidimusProblem('request-in-progress')],
    413: [vidimusProblem('body-too-large')],
    415: [vidimusProblem('media-type-unsupported')],
    422: [vidimusProblem('input-invalid', 'idempotency-key-reused')],
  },
  headers: {
    ratelimit: /^"requests";r=\d+;t=1(, "failures";r=5)?$/,
    'ratelimit-policy': /^"requests";q=1000000;w=1, "failures";q=5;w=86400$/,
    'retry-after': /^1$/,
    'idempotency-replayed': /^true$/,
  },
  repeats: PLAIN_POINTER,
};

export const SURFACE_ANSWERS: Readonly<Record<SurfaceName, Answers>> = {
  'ssn-details': SSN_DETAILS,
  cpr: CPR,
  'ssn-verification': SSN_VERIFICATION,
  vidimus: VIDIMUS,
  tokens: TOKENS,
  outside: OUTSIDE,
};
