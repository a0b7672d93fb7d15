import type { SurfaceDocument } from '../../http/documented.ts';

/** What the OpenAPI document of this surface says beside its routes. */
export const CPR_DOCUMENT: SurfaceDocument = {
  info: {
    title: 'CPR lookup and validation',
    version: 'v1',
    description:
      'CPR records and the validation of customers’ details against them, as Fortuna Compliance answers. ' +
      'More than five unknown numbers within 24 hours block the account for 24 hours.',
  },
  components: { securitySchemes: { apiKey: { type: 'apiKey', in: 'header', name: 'X-Api-Key' } } },
};
