/**
 * The parameters of a token request (RFC 6749 section 4.4.2, RFC 7521 section 4.2) that we know. Whoever reads
 * the form has refused repeated ones and left out empty ones (section 3.2).
 */
export interface TokenRequest {
  readonly grant_type?: string;
  readonly scope?: string;
  readonly client_id?: string;
  readonly client_secret?: string;
  readonly client_assertion_type?: string;
  readonly client_assertion?: string;
}
