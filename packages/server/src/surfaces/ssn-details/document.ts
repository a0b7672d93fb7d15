import type { SurfaceDocument } from '../../http/documented.ts';

/** What the OpenAPI document of this surface says beside its routes. */
export const SSN_DETAILS_DOCUMENT: SurfaceDocument = {
  info: {
    title: 'SSN Details',
    version: 'v1',
    description:
      'Name, address and status of the holder of a Danish CPR number, as Nets eID Broker answers it. ' +
      'More than five unknown numbers within 24 hours block the account for 24 hours.',
  },
  components: {
    securitySchemes: {
      serviceToken: {
        type: 'oauth2',
        flows: { clientCredentials: { tokenUrl: '/op/connect/token', scopes: { neb_api: 'SSN Details' } } },
      },
    },
  },
};
