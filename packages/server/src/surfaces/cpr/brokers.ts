import type { AccountSettings } from '../../accounts/settings.ts';

/** A configured source of CPR data. */
export interface Broker {
  readonly id: string;
  readonly displayName: string;
  readonly requiresSeparateAgreement: boolean;
  readonly capabilities: readonly 'Cpr'[];
}

/** The register that this server holds itself. */
const EMBEDDED_BROKER: Broker = {
  id: 'cpr',
  displayName: 'CPR register',
  requiresSeparateAgreement: false,
  capabilities: ['Cpr'],
};

/** The brokers that an account may ask; without any named, the embedded register. */
export function brokersFor({ brokers }: AccountSettings): readonly Broker[] {
  return brokers === null || brokers.includes(EMBEDDED_BROKER.id) ? [EMBEDDED_BROKER] : [];
}
