import { STATUS_CODES } from 'node:http';

/** Everything that this surface answers besides a person, with the vendor's own words where it has some. */
export type Refusal =
  | { readonly kind: 'missing-cpr' }
  | { readonly kind: 'invalid-cpr' }
  | { readonly kind: 'unknown-number' }
  | { readonly kind: 'blocked'; readonly until: number }
  | { readonly kind: 'too-fast' }
  | { readonly kind: 'no-simulation'; readonly help: string }
  | { readonly kind: 'status'; readonly status: number };

export interface RefusalAnswer {
  readonly status: number;
  readonly body: { readonly errorMessage: string };
}

export function answerRefusal(refusal: Refusal): RefusalAnswer {
  switch (refusal.kind) {
    case 'missing-cpr':
      return answer(400, 'Missing Cpr parameter');
    case 'invalid-cpr':
      return answer(400, 'Invalid Cpr parameter');
    case 'unknown-number':
      return answer(
        400,
        'Failed to lookup CPR. You have a maximum of 5 failed CPR requests within 24 hours.',
      );
    case 'blocked':
      return answer(
        429,
        `Too many requests with invalid CPR numbers. Expired until: ${roundTripTime(refusal.until)}`,
      );
    case 'too-fast':
      return answer(429, 'Too many requests.');
    case 'no-simulation':
      return answer(400, refusal.help);
    case 'status':
      return answer(refusal.status, STATUS_CODES[refusal.status] ?? 'Error');
  }
}

function answer(status: number, errorMessage: string): RefusalAnswer {
  return { status, body: { errorMessage } };
}

/** .NET's round-trip format "O" of a UTC instant: seven fraction digits and `+00:00`. */
function roundTripTime(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '0000+00:00');
}
