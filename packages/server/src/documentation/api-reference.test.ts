import { expect, it } from 'vitest';
import { referencePage } from './api-reference.ts';

const DOCUMENT = {
  info: { title: 'Things', description: 'All of them.' },
  paths: {
    '/things/{id}': {
      post: {
        summary: 'Change a thing',
        parameters: [
          { name: 'id', in: 'path', required: true, schema: { type: 'string' }, description: 'Which.' },
        ],
        requestBody: {
          content: {
            'application/json': {
              schema: {
                type: 'object',
                required: ['size'],
                properties: {
                  size: { enum: ['small', 'large'], description: 'a | b' },
                  marks: {
                    type: 'array',
                    items: {
                      type: 'object',
                      properties: { at: { type: 'integer', minimum: 0, maximum: 9 } },
                    },
                  },
                },
              },
              example: { size: 'small' },
            },
          },
        },
        responses: {
          200: {
            content: {
              'application/json': {
                schema: {
                  anyOf: [
                    {
                      description: 'It did.',
                      required: ['outcome'],
                      properties: { outcome: { enum: ['done'] }, name: { type: ['string', 'null'] } },
                    },
                    { required: ['outcome'], properties: { outcome: { enum: ['gone'] } } },
                  ],
                },
              },
            },
          },
          400: {
            content: {
              'application/problem+json': { schema: { properties: { code: { enum: ['bad', 'worse'] } } } },
            },
          },
          413: { description: 'Too large.' },
        },
      },
    },
  },
};

it('is the document in words', () => {
  const { address, title, markdown } = referencePage({ prefix: '/our/v1', document: () => DOCUMENT });
  expect({ address, title }).toEqual({ address: 'api/our-v1', title: 'Things: reference' });
  expect(markdown.split('\n').filter((line) => /^[#*|`]/.test(line) && !line.startsWith('| -'))).toEqual([
    '# Things: reference',
    '## Change a thing',
    '`POST /things/{id}`',
    '**Parameters**',
    '| name | in | form | what it holds |',
    '| `id` | path, needed | text | Which. |',
    '**Body**, `application/json`',
    '| member | form | what it holds |',
    '| `size` | `small`, `large` | a \\| b |',
    '| `marks` | list of object; optional |  |',
    '| `marks[].at` | whole number, 0 to 9; optional |  |',
    '```json',
    '```',
    '**Answer**, 200',
    '`outcome` is `done`. It did.',
    '| member | form | what it holds |',
    '| `outcome` | `done` |  |',
    '| `name` | text or null; optional |  |',
    '`outcome` is `gone`.',
    '| member | form | what it holds |',
    '| `outcome` | `gone` |  |',
    '**Refusals**',
    '| status | what it says |',
    '| 400 | `bad`, `worse` |',
    '| 413 | Too large. |',
  ]);
});
