import { Command } from 'commander';
import { openSigningKeys } from '../tokens/signing-keys.ts';
import { onDataFolder, withFolder } from './folder-options.ts';
import type { Run } from './run-command.ts';
import { counted, EXIT, type Terminal } from './terminal.ts';

export function signingKeyCommand(terminal: Terminal, run: Run): Command {
  const rotate = onDataFolder(new Command('rotate')).description(
    'Sign tokens with a new key; the old one stays published until its tokens have expired.',
  );
  run(rotate, async (flags: object) =>
    withFolder(terminal, flags, async ({ control, keyring }) => {
      const keys = openSigningKeys(control, keyring, terminal.clock);
      const kid = await keys.rotate();
      const published = (await keys.published()).map((key) => key.kid);
      return {
        exit: EXIT.ok,
        json: { kid, published },
        human: `Tokens are signed with ${kid} from now on; ${counted(published.length, 'key is', 'keys are')} published.`,
      };
    }),
  );
  return new Command('signing-key').description('The keys that sign access tokens.').addCommand(rotate);
}
