import { SANDBOX_SECRETS } from '../accounts/sandbox-account.ts';
import { SANDBOX_PERSONS, UNKNOWN_NUMBER } from './persons.ts';

/**
 * What `serve --sandbox` prints: where it is, who may call, and commands that work when pasted into a new
 * shell, each on a line of its own.
 */
export function sandboxGreeting(base: string): string {
  const { oauth, apiKey, app } = SANDBOX_SECRETS;
  const known = SANDBOX_PERSONS[0]?.cpr;
  return `Vidimus sandbox on ${base}  (fictional persons only; stop with Ctrl-C)

  Client id      ${oauth.clientId}
  Client secret  ${oauth.clientSecret}
  X-Api-Key      ${apiKey}
  appId, appKey  ${app.appId}, ${app.appKey}

A service token:

${tokenCommand(base)}

SSN Details of a known number (the inner command gets the token):

${lookUpCommand(base, known ?? '')}

An unknown number; five of them are allowed in 24 hours:

${lookUpCommand(base, UNKNOWN_NUMBER)}

More persons: ${base}/   Interactive documentation: ${base}/op/swagger/index.html
`;
}

function tokenCommand(base: string): string {
  const { clientId, clientSecret } = SANDBOX_SECRETS.oauth;
  return `curl -s ${base}/op/connect/token -d grant_type=client_credentials -d client_id=${clientId} -d client_secret=${clientSecret} -d scope=neb_api`;
}

/** `needs no other program`: the shell's own parameter expansion takes the token out of the answer. */
function lookUpCommand(base: string, cpr: string): string {
  return `curl -s ${base}/op/api/v1/ssn-details -H "Authorization: Bearer $(t=$(${tokenCommand(base)}); t=\${t#*:\\"}; echo "\${t%%\\"*}")" -H 'Content-Type: application/json' -d '{"Cpr":"${cpr}"}'`;
}
