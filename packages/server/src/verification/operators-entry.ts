import type { RegisterName } from '../journal/entry.ts';

/** What entries about an operator's own doing have in common. */
export function operatorsEntry(operator: string, register: RegisterName) {
  return {
    account: operator,
    credential: 'command',
    surface: 'command',
    register,
    reference: null,
    summary: null,
    use: 'refused',
  } as const;
}
