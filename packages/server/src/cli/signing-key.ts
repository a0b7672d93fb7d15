import { Command } from 'commander';
import { openFolder } from '../open-house.ts';
import { openSigningKeys } from '../tokens/signing-keys.ts';
import { configOf, onDataFolder } from './folder-options.ts';
import type { Run } from './run-command.ts';
import { counted, EXIT, type Terminal } from './terminal.ts';

export function signingKeyCommand(terminal: Terminal, run: Run): Command {
  const rotate = onDataFolder(new Command('rotate')).description(
    'Sign tokens with a new key; the old one stays published until its tokens have expired.',
  );
  run(rotate, async (flags: object) => {
    const folder = openFolder(configOf(terminal, flags), terminal.clock);
    try {
      const keys = openSigningKeys(folder.control, folder.keyring, terminal.clock);
      const kid = await keys.rotate();
      const published = (await keys.published()).map((key) => key.kid);
      return {
        exit: EXIT.ok,
        json: { kid, published },
        human: `Tokens are signed with ${kid} from now on; ${counted(published.length, 'key is', 'keys are')} published.`,
      };
    } finally {
      folder.control.close();
    }
  });
  return new Command('signing-key').description('The keys that sign access tokens.').addCommand(rotate);
}
