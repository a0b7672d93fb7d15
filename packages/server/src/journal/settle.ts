import { type BudgetState, CPR_BUDGET, decide, FRESH_BUDGET } from '../limits/budget.ts';
import { type Draft, type Operation, QUESTIONS, type Recorded, type RegisterName } from './entry.ts';

/** The budgets that are kept, locked by the caller's transaction. */
export interface Budgets {
  read(account: string, register: RegisterName): BudgetState;
  write(account: string, register: RegisterName, state: BudgetState): void;
}

type Verdict = Recorded['verdict'];

/** Of entries that concern no budget. */
export const NOT_LIMITED: Verdict = { kind: 'allowed', failures: 0 };

/**
 * Decides on the budget of a draft at `at` (ms), and writes down what it has become. Only questions to the CPR
 * register have a budget; unlocking makes it whole.
 */
export function settle(budgets: Budgets, draft: Draft, at: number): Verdict {
  if (draft.operation === 'unlock') budgets.write(draft.account, draft.register, FRESH_BUDGET);
  if (draft.register !== 'cpr' || !isQuestion(draft.operation)) return NOT_LIMITED;
  const state = budgets.read(draft.account, draft.register);
  const decision = decide(CPR_BUDGET, state, draft.use, at);
  if (!isSame(decision.state, state)) budgets.write(draft.account, draft.register, decision.state);
  return decision.kind === 'blocked'
    ? { kind: 'blocked', until: decision.until }
    : { kind: 'allowed', failures: decision.failures };
}

/** What the leaf says of the budget. `at` in ms. */
export function decisionOf(draft: Draft, verdict: Verdict, at: number) {
  return verdict.kind === 'blocked'
    ? { at, outcome: 'blocked' as const, failures: CPR_BUDGET.failures + 1, blockedUntil: verdict.until }
    : { at, outcome: draft.outcome, failures: verdict.failures, blockedUntil: null };
}

function isQuestion(operation: Operation): boolean {
  return (QUESTIONS as readonly Operation[]).includes(operation);
}

function isSame(a: BudgetState, b: BudgetState): boolean {
  return (
    a.blockedUntil === b.blockedUntil &&
    a.failedAt.length === b.failedAt.length &&
    a.failedAt.at(-1) === b.failedAt.at(-1)
  );
}
