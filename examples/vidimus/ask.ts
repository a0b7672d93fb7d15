// Compares what a customer typed with the register, through Vidimus' own API, with its SDK. The question is a JSON
// document on stdin:
//   node examples/vidimus/ask.ts < examples/vidimus/customer.json
import { text } from 'node:stream/consumers';
import { openVidimus, type VerificationQuestion, VidimusError } from '@vidimus/client';

const vidimus = openVidimus({
  url: process.env['VIDIMUS_URL'] ?? 'http://127.0.0.1:8080',
  apiKey: process.env['VIDIMUS_API_KEY'] ?? 'vidimus-sandbox-key',
});

/** One line for each outcome; the compiler knows when one is missing. */
async function verify(question: VerificationQuestion): Promise<string> {
  const answer = await vidimus.verify(question);
  switch (answer.outcome) {
    case 'compared': {
      const comments = Object.entries(answer.fields).flatMap(([field, { state, comment }]) =>
        comment === null ? [] : [`  ${field} ${state}: ${comment}`],
      );
      return [`${answer.verdict} ${answer.score}, risk ${answer.risk.level}`, ...comments].join('\n');
    }
    case 'protected':
      return 'known; name and address are protected';
    case 'deceased':
      return 'the holder is reported dead';
    case 'unknown':
      return 'the register does not hold this number';
    case 'blocked':
      return `too many unknown numbers; blocked until ${answer.until.toISOString()}`;
    case 'unavailable':
      return 'the register cannot be asked now; try again later';
  }
}

try {
  const question = JSON.parse(await text(process.stdin)) as VerificationQuestion;
  process.stdout.write(`${await verify(question)}\n`);
} catch (error) {
  if (!(error instanceof VidimusError)) throw error;
  process.stdout.write(`refused (${error.code}): ${error.fix}\n`);
}
