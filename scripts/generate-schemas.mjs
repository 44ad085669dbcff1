/**
 * Writes the JSON Schemas of the contract, packages/contract/schemas, from its types: `npm run schemas`. For senders and receivers
 * in any language.
 *
 *   node scripts/generate-schemas.mjs [folder]
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createGenerator } from 'ts-json-schema-generator';
import { root } from './setup/paths.mjs';

/** What crosses, each in a file of its own, such as number-order-request.json. */
const TYPES = [
  'NumberOrderRequest',
  'Registration',
  'Attachment',
  'CancelRequest',
  'SinchEvent',
  'AdoptOrder',
  'OperatorAction',
  'WaiveRequirement',
  'ExtendCorrectionWindow',
  'Erase',
  'KycAnswer',
  'ReservationAnswer',
  'OperatorAnswer',
  'OrderView',
  'NumberOrderResult',
  'NotificationEvent',
  'FailureDetails',
];

/** Whose unknown fields are refused: a misspelt option would silently change an order. Messages drop them. */
const KNOWN_FIELDS_ALONE = [
  'NumberOrderRequest',
  'Selection',
  'NumberSearch',
  'NumberQuantity',
  'SmsConfiguration',
  'VoiceConfiguration',
  'PriceLimit',
];

const generator = createGenerator({
  path: join(root, 'packages/contract/src/index.ts'),
  tsconfig: join(root, 'packages/contract/tsconfig.json'),
  skipTypeCheck: true,
  topRef: false,
});

/** Whose optional fields decide nothing: what cannot be read there counts as left out. */
const HINTS_ALONE = 'SinchEvent';

/** In an optional field, null and an absent field mean the same. */
const nullable = ({ description, ...schema }) => ({
  ...(description && { description }),
  anyOf: [schema, { type: 'null' }],
});

function adapted(schema, knownAlone) {
  if (Array.isArray(schema)) return schema.map((each) => adapted(each, knownAlone));
  if (typeof schema !== 'object' || schema === null) return schema;
  const { definitions, properties, additionalProperties, $ref, description, ...rest } = schema;
  const others = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, adapted(value, knownAlone)]));
  const entries = Object.entries(properties ?? {}).map(([name, property]) => {
    const own = adapted(property, knownAlone);
    return [name, schema.required?.includes(name) ? own : nullable(own)];
  });
  return {
    ...others,
    // Links are for readers of the code.
    ...(description && { description: description.replace(/\s*\{@link\s+(\w+)\s*\}\s?/g, ' $1') }),
    ...($ref && { $ref: $ref.replace('#/definitions/', '#/$defs/') }),
    ...(properties && { properties: Object.fromEntries(entries) }),
    ...moreOf(additionalProperties, knownAlone),
    ...(Object.keys(definitions ?? {}).length > 0 && { $defs: definitionsOf(definitions) }),
  };
}

/** A field that is not known and holds null is as good as left out. */
function moreOf(additionalProperties, knownAlone) {
  if (additionalProperties === undefined) return {};
  if (additionalProperties !== false) return { additionalProperties: adapted(additionalProperties, knownAlone) };
  return knownAlone ? { additionalProperties: { type: 'null' } } : {};
}

function loosen({ properties, required }) {
  for (const [name, property] of Object.entries(properties)) if (!required.includes(name)) delete property.anyOf;
}

const definitionsOf = (definitions) =>
  Object.fromEntries(
    Object.entries(definitions).map(([name, schema]) => [name, adapted(schema, KNOWN_FIELDS_ALONE.includes(name))]),
  );

const fileOf = (type) => `${type.replace(/(?<=.)[A-Z]/g, '-$&').toLowerCase()}.json`;

const folder = process.argv[2] ?? join(root, 'packages/contract/schemas');
mkdirSync(folder, { recursive: true });
for (const file of readdirSync(folder)) if (file.endsWith('.json')) rmSync(join(folder, file));
for (const type of TYPES) {
  const schema = adapted(generator.createSchema(type), KNOWN_FIELDS_ALONE.includes(type));
  if (type === HINTS_ALONE) loosen(schema);
  const whole = { ...schema, $schema: 'https://json-schema.org/draft/2020-12/schema', title: type };
  writeFileSync(join(folder, fileOf(type)), `${JSON.stringify(whole, null, 2)}\n`);
}
