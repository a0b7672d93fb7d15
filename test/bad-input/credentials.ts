/** What the account of these tests shows on each surface. */
export interface Credentials {
  readonly token: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly apiKey: string;
  readonly appId: string;
  readonly appKey: string;
}
