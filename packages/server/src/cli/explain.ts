import { Command } from 'commander';
import { keptDocument } from '../contract/ask.ts';
import type { VerificationDocument } from '../contract/verification-answer.ts';
import { Failure } from '../failure.ts';
import { OPERATOR } from './asking.ts';
import { onDataFolder, withHouse } from './folder-options.ts';
import type { Run } from './run-command.ts';
import { EXIT, type Terminal } from './terminal.ts';
import { explanationInWords, verificationInWords } from './verification-views.ts';

export function explainCommand(terminal: Terminal, run: Run): Command {
  const command = onDataFolder(new Command('explain'))
    .description('Why a verification came out as it did: words against words, and what would make it pass.')
    .argument('<record>', 'the recordId of the verification')
    .option('--account <name>', 'whose verification it is', OPERATOR);
  run(command, async (record: string, flags: { readonly account: string }) => {
    if (!/^[1-9]\d{0,14}$/.test(record)) throw new Failure('input-invalid', 'Records are numbered from 1.');
    return withHouse(terminal, flags, async (house) => {
      const { account } = await house.accounts.show(flags.account);
      const kept = await house.journal.keptWith(account.id, Number(record));
      if (kept === null || kept.operation === 'lookup') throw new Failure('verification-unknown');
      const document = keptDocument(kept) as VerificationDocument;
      return {
        exit: EXIT.ok,
        json: { ...document, keptUntil: new Date(kept.until).toISOString() },
        human: inWords(document),
      };
    });
  });
  return command;
}

function inWords(document: VerificationDocument): string {
  const words = verificationInWords(document);
  const explanation = document.outcome === 'compared' ? document.explanation : null;
  return explanation === null ? words : `${words}\n\n${explanationInWords(explanation)}`;
}
