import type { SurfaceDocument } from '../../http/documented.ts';

/** What the OpenAPI document of this surface says beside its route. */
export const SSN_VERIFICATION_DOCUMENT: SurfaceDocument = {
  info: {
    title: 'SSN Verification',
    version: 'v1',
    description:
      'Whether a name belongs to a US Social Security Number, as HyperVerge answers it. ' +
      'Ten different names may be tried for one number within an hour.',
  },
  components: {
    securitySchemes: {
      appId: { type: 'apiKey', in: 'header', name: 'appId' },
      appKey: { type: 'apiKey', in: 'header', name: 'appKey' },
    },
  },
};
