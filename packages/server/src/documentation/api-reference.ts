import type { MountedSurface } from '../http/mount.ts';
import { THIS_SERVER } from './links.ts';
import type { OpenApi, Operation, Schema } from './open-api.ts';
import type { Page } from './page.ts';
import { formOf, membersOf } from './schema-members.ts';

/** The page of a surface, made from what its routes check requests and answers with. */
export function referencePage({ prefix, document }: MountedSurface): Page {
  const { info, paths } = document() as OpenApi;
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) =>
      operationText(method.toUpperCase(), path, operation),
    ),
  );
  const name = prefix.slice(1).replaceAll('/', '-');
  const title = `${info.title}: reference`;
  return {
    path: `docs/api/${name}.md`,
    address: `api/${name}`,
    title,
    markdown: [
      `# ${title}`,
      ...(info.description === undefined ? [] : [info.description]),
      `Made from the [OpenAPI document](${THIS_SERVER}${prefix}/swagger/json) of this server. [Try it out](${THIS_SERVER}${prefix}/swagger/index.html).`,
      ...operations,
    ].join('\n\n'),
  };
}

function operationText(method: string, path: string, operation: Operation): string {
  const { summary = `${method} ${path}`, description, parameters = [], requestBody, responses } = operation;
  const parts = [`## ${summary}`, `\`${method} ${path}\``];
  if (description !== undefined) parts.push(description);
  if (parameters.length > 0) {
    const rows = parameters.map((it) => [
      `\`${it.name}\``,
      it.required === true ? `${it.in}, needed` : it.in,
      formOf(it.schema ?? {}),
      it.description ?? '',
    ]);
    parts.push('**Parameters**', table(['name', 'in', 'form', 'what it holds'], rows));
  }
  const [body] = Object.values(requestBody?.content ?? {});
  if (body !== undefined) {
    const types = Object.keys(requestBody?.content ?? {}).map((type) => `\`${type}\``);
    parts.push(`**Body**, ${types.join(', ')}`, objectText(body.schema ?? {}));
    if (body.example !== undefined)
      parts.push(`\`\`\`json\n${JSON.stringify(body.example, null, 2)}\n\`\`\``);
  }
  parts.push(...answers(responses));
  return parts.join('\n\n');
}

function answers(responses: Operation['responses']): string[] {
  const texts: string[] = [];
  const refusals: string[][] = [];
  for (const [status, { description = '', content = {} }] of Object.entries(responses)) {
    const schema = Object.values(content)[0]?.schema;
    if (!status.startsWith('2')) refusals.push([status, wordsOf(schema) || description]);
    else if (schema !== undefined) texts.push(`**Answer**, ${status}`, ...alternatives(schema));
  }
  return refusals.length === 0
    ? texts
    : [...texts, '**Refusals**', table(['status', 'what it says'], refusals)];
}

function alternatives(schema: Schema): string[] {
  const choices = schema.anyOf?.filter(({ properties }) => properties !== undefined) ?? [];
  if (choices.length === 0) return [objectText(schema)];
  return choices.flatMap((choice) => [
    `${tellingMembers(choice)}. ${choice.description ?? ''}`.trim(),
    objectText(choice),
  ]);
}

/** The members that can be one thing only: what an answer is told apart by. */
function tellingMembers({ properties = {} }: Schema): string {
  const fixed = Object.entries(properties).filter(([, { enum: values }]) => values?.length === 1);
  return fixed
    .slice(0, 2)
    .map(([name, { enum: values }]) => `\`${name}\` is \`${String(values?.[0])}\``)
    .join(', ');
}

/** The words that a refusal's members may be: codes, or the vendor's sentences. */
function wordsOf(schema: Schema | undefined): string {
  const objects = schema?.anyOf ?? (schema === undefined ? [] : [schema]);
  const words = objects.flatMap(({ properties = {} }) =>
    ['code', 'error', 'errorMessage', 'message'].flatMap((name) => properties[name]?.enum ?? []),
  );
  return [...new Set(words)].map((word) => `\`${String(word)}\``).join(', ');
}

function objectText(schema: Schema): string {
  const members = membersOf(schema);
  if (members.length === 0) return formOf(schema);
  const rows = members.map(({ path, isRequired, form, description }) => [
    `\`${path}\``,
    isRequired ? form : `${form}; optional`,
    description,
  ]);
  return table(['member', 'form', 'what it holds'], rows);
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(columns), line(columns.map(() => '---')), ...rows.map(line)].join('\n');
}
