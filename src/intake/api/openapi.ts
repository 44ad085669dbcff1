import { readFileSync } from 'node:fs';
import { LANGUAGES } from '../page/words';
import { PROBLEMS, type Problem } from './problem';

/** A schema of the contract, and those it refers to, with the names of an OpenAPI document. */
function contractSchemas(name: string, file: string): Record<string, unknown> {
  const read = readFileSync(require.resolve(`@number-orders/contract/schemas/${file}`), 'utf8');
  const schema = JSON.parse(read.replaceAll('"#/$defs/', '"#/components/schemas/')) as Record<string, unknown>;
  const { $schema: _dialect, $id: _id, $defs: definitions, ...rest } = schema;
  return { ...(definitions as Record<string, unknown>), [name]: rest };
}

const text = { type: 'string' };
const json = (schema: object) => ({ 'application/json': { schema } });
const answer = (description: string, content: object) => ({ description, content });

function problems(...which: Problem[]) {
  const statuses = [...new Set(which.map((each) => PROBLEMS[each][0]))];
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  const titles = (status: number) =>
    which.filter((each) => PROBLEMS[each][0] === status).map((each) => PROBLEMS[each][1]);
  return Object.fromEntries(statuses.map((status) => [status, { description: titles(status).join('. '), content }]));
}

const EVERYWHERE = [
  'not-authenticated',
  'not-allowed',
  'not-found',
  'order-ended',
  'too-many-requests',
  'not-available',
] as const;

/** The description of the API for other services, OpenAPI 3.1. Tests hold the server to it. @param url of the server */
export function openApi(url: string) {
  const reference = { name: 'reference', in: 'path', required: true, schema: text };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Number orders: KYC intake',
      version: '1',
      description: 'Submits documents of an order, and signs links to its KYC page, for any language.',
    },
    servers: [{ url }],
    security: [{ bearer: [] }],
    paths: {
      '/v1/orders/{reference}/attachments/{attachmentId}': {
        put: {
          operationId: 'putAttachment',
          summary: 'Submits a document. Sending the same bytes again does not add a second one. Scope: documents',
          parameters: [
            reference,
            { name: 'attachmentId', in: 'path', required: true, schema: text },
            { name: 'documentType', in: 'query', schema: text, description: 'Where the requirements list types' },
            {
              name: 'Content-Disposition',
              in: 'header',
              required: true,
              schema: text,
              description: 'With the file name: attachment; filename="passport.pdf"',
            },
          ],
          requestBody: { required: true, content: { '*/*': {} } },
          responses: {
            200: answer('The order has answered: see status', json({ $ref: '#/components/schemas/KycAnswer' })),
            ...problems(...EVERYWHERE, 'order-refuses', 'invalid-request', 'too-large', 'limit-reached', 'not-stored'),
          },
        },
      },
      '/v1/orders/{reference}/kyc-links': {
        post: {
          operationId: 'createKycLink',
          summary: 'Signs a link to the KYC page, for the person who has the KYC. It is a secret. Scope: links',
          parameters: [reference],
          requestBody: { content: json({ $ref: '#/components/schemas/LinkWish' }) },
          responses: {
            201: answer('The link', json({ $ref: '#/components/schemas/Link' })),
            ...problems(...EVERYWHERE, 'invalid-request', 'too-large'),
          },
        },
      },
      '/v1/orders/{reference}/requirements': {
        get: {
          operationId: 'getRequirements',
          summary: 'What is required: fields, a JSON Schema of registration.data, and documents. Scope: read',
          parameters: [reference],
          responses: {
            200: answer('What is required; with Accept: application/schema+json the schema only', {
              ...json({ $ref: '#/components/schemas/Requirements' }),
              'application/schema+json': { schema: { type: 'object' } },
            }),
            ...problems(...EVERYWHERE),
          },
        },
      },
      '/v1/orders/{reference}/outstanding': {
        get: {
          operationId: 'getOutstanding',
          summary: 'What is still missing, and its deadline. Scope: read',
          parameters: [reference],
          responses: {
            200: answer('What is outstanding', json({ $ref: '#/components/schemas/Outstanding' })),
            ...problems(...EVERYWHERE),
          },
        },
      },
    },
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
      schemas: {
        ...contractSchemas('KycAnswer', 'kyc-answer.json'),
        LinkWish: {
          type: 'object',
          additionalProperties: false,
          properties: {
            expiresIn: { type: ['string', 'null'], description: 'Such as 48 hours; 7 days when left out' },
            language: { enum: [...Object.keys(LANGUAGES), null] },
            returnUrl: { type: ['string', 'null'], format: 'uri', description: 'https, with an allowed host' },
          },
        },
        Link: {
          type: 'object',
          required: ['url', 'expiresAt'],
          additionalProperties: false,
          properties: { url: { type: 'string', format: 'uri' }, expiresAt: { type: 'string', format: 'date-time' } },
        },
        Requirements: {
          type: 'object',
          required: ['stage', 'sections', 'schema', 'attachments'],
          additionalProperties: false,
          properties: {
            stage: text,
            sections: { type: 'array', items: { type: 'object' } },
            schema: { type: 'object', description: 'JSON Schema, draft 2020-12, of registration.data' },
            attachments: {
              type: 'array',
              items: {
                type: 'object',
                required: ['id', 'mandatory', 'template', 'allowedMimeTypes', 'allowedDocumentTypes'],
                properties: { id: text, title: text, description: text, mandatory: { type: 'boolean' } },
              },
            },
          },
        },
        Outstanding: {
          type: 'object',
          required: ['stage', 'phoneNumbers', 'registration', 'attachments', 'missingTitles', 'received'],
          additionalProperties: false,
          properties: {
            stage: text,
            phoneNumbers: { type: 'array', items: text },
            expireTime: { type: 'string', format: 'date-time' },
            registration: { type: 'boolean' },
            attachments: { type: 'array', items: text },
            missingTitles: {
              type: 'array',
              items: { type: 'object', required: ['id', 'title'], properties: { id: text, title: text } },
            },
            received: {
              type: 'array',
              items: {
                type: 'object',
                required: ['attachmentId', 'status'],
                properties: { attachmentId: text, status: text },
              },
            },
          },
        },
        Problem: {
          type: 'object',
          required: ['type', 'title', 'status'],
          additionalProperties: false,
          properties: {
            type: { enum: Object.keys(PROBLEMS).map((which) => `urn:number-orders:${which}`) },
            title: text,
            status: { type: 'integer' },
            detail: text,
            errors: {
              type: 'array',
              items: {
                type: 'object',
                required: ['field', 'description'],
                properties: { field: text, description: text },
              },
            },
          },
        },
      },
    },
  };
}
