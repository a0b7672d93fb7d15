import type { SurfaceDocument } from '../../http/documented.ts';

/** What the OpenAPI document of this surface says beside its routes. */
export const VIDIMUS_DOCUMENT: SurfaceDocument = {
  info: {
    title: 'Vidimus',
    version: 'v1',
    summary: 'One contract over the CPR register and the SSN register.',
    description:
      'What the register says is a value in an answer of 200, told apart by `outcome`; what kept a question from ' +
      'being answered is an RFC 9457 problem, told apart by `code`. More than five unknown CPR numbers within 24 ' +
      'hours block the account for 24 hours.',
  },
  tags: [
    { name: 'Questions', description: 'Ask a register.' },
    { name: 'Batches', description: 'Ask about many rows at once.' },
    { name: 'Account', description: 'What the account may do, and what it has done.' },
  ],
  components: {
    securitySchemes: {
      bearer: {
        type: 'http',
        scheme: 'bearer',
        description: 'A token from `/op/connect/token` with any scope, or an API key (`vdm_…`).',
      },
    },
  },
};
