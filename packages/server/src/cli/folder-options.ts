import type { Command } from 'commander';
import { type Config, type Flags, loadConfig } from '../config/load.ts';
import { SETTINGS, type SettingName } from '../config/settings.ts';
import { type House, openFolder, openHouse } from '../open-house.ts';
import type { DataFolder } from '../storage/data-folder.ts';
import type { Terminal } from './terminal.ts';

const FOLDER_SETTINGS = ['data', 'sandbox', 'keyFile'] as const satisfies readonly SettingName[];

/** Adds settings to a command as flags. */
export function withSettings(command: Command, names: readonly SettingName[]): Command {
  for (const name of names) {
    const { flag, placeholder, meaning, defaultText } = SETTINGS[name];
    if (flag === null) continue;
    const plain = `${meaning} Default: ${defaultText}.`.replaceAll('`', '');
    command.option(placeholder === null ? `--${flag}` : `--${flag} <${placeholder}>`, plain);
  }
  return command;
}

/** Adds the flags that every command on a data folder has. */
export function onDataFolder(command: Command): Command {
  return withSettings(command, FOLDER_SETTINGS);
}

/** The configuration for a command's flags. */
export function configOf(terminal: Terminal, flags: object): Config {
  const settings: Flags = Object.fromEntries(
    Object.entries(flags).filter(([name]) => Object.hasOwn(SETTINGS, name)),
  );
  return loadConfig(settings, terminal.environment);
}

/** Opens the data folder that a command's flags name for as long as `work` lasts. */
export async function withFolder<T>(
  terminal: Terminal,
  flags: object,
  work: (folder: DataFolder, config: Config) => T | Promise<T>,
): Promise<T> {
  const config = configOf(terminal, flags);
  const folder = await openFolder(config, terminal.clock);
  try {
    return await work(folder, config);
  } finally {
    await folder.close();
  }
}

/** Opens the domain's parts on that data folder for as long as `work` lasts. */
export async function withHouse<T>(
  terminal: Terminal,
  flags: object,
  work: (house: House) => Promise<T>,
): Promise<T> {
  const config = configOf(terminal, flags);
  const house = await openHouse(await openFolder(config, terminal.clock), config, terminal.clock);
  try {
    return await work(house);
  } finally {
    await house.close();
  }
}
