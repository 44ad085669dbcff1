import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

const FILE = join(__dirname, '..', '..', 'fake-sinch', 'openapi.yaml');
const ID = 'fake-sinch';

interface Content {
  content?: Record<string, { schema: unknown }>;
  $ref?: string;
}

interface Operation {
  operationId: string;
  requestBody?: Content;
  responses: Record<string, Content>;
  /** How sure each answer is: `documented`, `live`, `sdk` or `assumed`. */
  'x-sinch': Record<string, number[]>;
}

export interface OpenApiDocument {
  paths: Record<string, Record<string, Operation>>;
  webhooks: Record<string, Record<string, Operation>>;
}

/** The description of Sinch's wire format that the fake and our client are both held to. */
export const openApi = parse(readFileSync(FILE, 'utf8')) as OpenApiDocument;

// OpenAPI's own words (paths, operationId, …) are no JSON Schema keywords, hence not strict.
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats(ajv);
ajv.addSchema(openApi, ID);

const validators = new Map<string, ValidateFunction>();

/** Fails unless the operation documents an answer of this status with this body. */
export function expectDocumented(operationId: string, status: number, body: unknown): void {
  const { pointer, operation } = find(operationId);
  const response = operation.responses[String(status)];
  if (!response) throw new Error(`openapi.yaml documents no ${String(status)} for ${operationId}`);
  const at = response.$ref?.slice(1) ?? `${pointer}/responses/${String(status)}`;
  check(`${at}/content/application~1json/schema`, `${operationId} ${String(status)}`, body);
}

/** Fails unless the operation documents a JSON request with this body. */
export function expectDocumentedRequest(operationId: string, body: unknown): void {
  check(`${find(operationId).pointer}/requestBody/content/application~1json/schema`, `${operationId} request`, body);
}

function check(pointer: string, what: string, body: unknown): void {
  const validate = validators.get(pointer) ?? ajv.compile({ $ref: `${ID}#${pointer}` });
  validators.set(pointer, validate);
  if (validate(body)) return;
  // Names the place and the rule, never the value: bodies can hold personal data.
  throw new Error(`${what} is not as openapi.yaml documents it: ${ajv.errorsText(validate.errors)}`);
}

function find(operationId: string): { pointer: string; operation: Operation } {
  for (const part of ['paths', 'webhooks'] as const) {
    for (const [path, methods] of Object.entries(openApi[part])) {
      for (const [method, operation] of Object.entries(methods)) {
        if (operation.operationId !== operationId) continue;
        const escaped = encodeURIComponent(path.replaceAll('~', '~0').replaceAll('/', '~1'));
        return { pointer: `/${part}/${escaped}/${method}`, operation };
      }
    }
  }
  throw new Error(`openapi.yaml knows no operation ${operationId}`);
}
