import { SANDBOX_SECRETS } from '../accounts/sandbox-account.ts';
import { SANDBOX_PERSONS, UNKNOWN_NUMBER } from './persons.ts';

const KNOWN_NUMBER = SANDBOX_PERSONS[0]?.cpr ?? UNKNOWN_NUMBER;
const CUSTOMER = {
  firstNames: 'Poul Udt',
  lastName: 'Junkersen',
  street: 'Industrivænget',
  houseNumber: '2',
  floor: 'st',
  door: 'th',
  postalCode: '9000',
  city: 'Aalborg',
  dateOfBirth: '1961-07-13',
};

/**
 * What `serve --sandbox` prints: where it is, who may call, and commands that work when pasted into a new
 * shell, each on a line of its own.
 */
export function sandboxGreeting(base: string): string {
  const { oauth, apiKey, app } = SANDBOX_SECRETS;
  const audit = { externalReference: 'case-1' };
  return `Vidimus sandbox on ${base}  (fictional persons only; stop with Ctrl-C)

  Client id      ${oauth.clientId}
  Client secret  ${oauth.clientSecret}
  X-Api-Key      ${apiKey}
  appId, appKey  ${app.appId}, ${app.appKey}

A service token:
${tokenCommand(base)}

SSN Details (Nets eID Broker), with a token got on the way:
${detailsCommand(base, KNOWN_NUMBER)}

The same for an unknown number; five of them are allowed in 24 hours:
${detailsCommand(base, UNKNOWN_NUMBER)}

CPR lookup (Fortuna Compliance):
${cprCommand(base, 'lookup', { audit, cpr: KNOWN_NUMBER })}

CPR validation of what a customer typed:
${cprCommand(base, 'validate', { audit, cpr: KNOWN_NUMBER, ...CUSTOMER })}

SSN verification (HyperVerge):
curl -s -w '\\n' ${base}/v1/ssnVerification -H 'appId: ${app.appId}' -H 'appKey: ${app.appKey}' -H 'Content-Type: application/json' -d '${JSON.stringify({ firstName: 'John', lastName: 'Doe', ssn: '123-45-6789' })}'

Our own API, over both registers, with an explanation:
${ownCommand(base)}

More persons: ${base}/
Documentation: ${base}/docs/
Interactive documentation: ${base}/op/swagger/index.html  ${base}/api/swagger/index.html  ${base}/v1/swagger/index.html  ${base}/vidimus/v1/swagger/index.html
`;
}

function tokenCommand(base: string): string {
  const { clientId, clientSecret } = SANDBOX_SECRETS.oauth;
  return `curl -s -w '\\n' ${base}/op/connect/token -d grant_type=client_credentials -d client_id=${clientId} -d client_secret=${clientSecret} -d scope=neb_api`;
}

/** Needs no other program: the shell's own parameter expansion takes the token out of the answer. */
function detailsCommand(base: string, cpr: string): string {
  const token = `$(t=$(${tokenCommand(base)}); t=\${t#*:\\"}; echo "\${t%%\\"*}")`;
  return `curl -s -w '\\n' ${base}/op/api/v1/ssn-details -H "Authorization: Bearer ${token}" -H 'Content-Type: application/json' -d '{"Cpr":"${cpr}"}'`;
}

function cprCommand(base: string, question: string, body: object): string {
  return `curl -s -w '\\n' ${base}/api/cpr/cpr/${question} -H 'X-Api-Key: ${SANDBOX_SECRETS.apiKey}' -H 'Content-Type: application/json' -d '${JSON.stringify(body)}'`;
}

function ownCommand(base: string): string {
  const purpose = { reference: 'case-1', purpose: 'Trying it out' };
  const question = { register: 'cpr', number: KNOWN_NUMBER, given: 'Povl', surname: 'Junkersen', ...purpose };
  return `curl -s -w '\\n' ${base}/vidimus/v1/verifications -H 'Authorization: Bearer ${SANDBOX_SECRETS.apiKey}' -H 'Content-Type: application/json' -d '${JSON.stringify(question)}'`;
}
