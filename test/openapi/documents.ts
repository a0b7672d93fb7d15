/** The OpenAPI documents of the surfaces, by where each is served. */
export const DOCUMENTS = [
  '/op/openapi.json',
  '/api/openapi.json',
  '/v1/openapi.json',
  '/vidimus/v1/openapi.json',
];

type Schema = Readonly<Record<string, unknown>>;

interface MediaType {
  readonly schema?: Schema;
}

export interface DocumentedAnswer {
  readonly headers?: Readonly<Record<string, { readonly schema: Schema; readonly required?: boolean }>>;
  readonly content?: Readonly<Record<string, MediaType>>;
}

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: Schema;
}

export interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, MediaType>> };
  readonly responses: Readonly<Record<string, DocumentedAnswer>>;
}

export interface OpenApi {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

/** One operation with the place where it stands. */
export interface Place {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

export async function documentAt(url: string, path: string): Promise<OpenApi> {
  return (await (await fetch(url + path)).json()) as OpenApi;
}

export function placesIn({ paths }: OpenApi): Place[] {
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      operation,
    })),
  );
}
