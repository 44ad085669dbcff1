import type { Client } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { SEARCH_ATTRIBUTES, type SearchAttributeName } from '@number-orders/contract';

type OperatorConnection = Pick<Client['connection'], 'operatorService' | 'workflowService'>;

const { IndexedValueType } = temporal.api.enums.v1;
const TYPES = {
  Keyword: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  Datetime: IndexedValueType.INDEXED_VALUE_TYPE_DATETIME,
} as const;

/** gRPC statuses of a server without an operator service for us, such as Temporal Cloud. */
const NO_OPERATOR_SERVICE = [7, 12, 16];

/** Thrown when the namespace lacks search attributes: with them missing every workflow task would fail. */
export class SearchAttributesMissingError extends Error {
  override readonly name = 'SearchAttributesMissingError';

  constructor(
    readonly missing: readonly SearchAttributeName[],
    namespace: string,
  ) {
    super(
      [
        `The Temporal namespace ${namespace} lacks search attributes, or has them with another type. Register them:`,
        `  ${registrationCommand(missing, namespace)}`,
        'On Temporal Cloud, add them in the namespace settings instead.',
      ].join('\n'),
    );
  }
}

/** The command that registers them. */
function registrationCommand(names: readonly SearchAttributeName[], namespace: string): string {
  const attributes = names.map((name) => `--name ${name} --type ${SEARCH_ATTRIBUTES[name]}`).join(' ');
  return `temporal operator search-attribute create --namespace ${namespace} ${attributes}`;
}

/** @throws {SearchAttributesMissingError} */
export async function requireSearchAttributes(connection: OperatorConnection, namespace: string): Promise<void> {
  const missing = await missingSearchAttributes(connection, namespace);
  if (missing.length > 0) throw new SearchAttributesMissingError(missing, namespace);
}

async function missingSearchAttributes(
  connection: OperatorConnection,
  namespace: string,
): Promise<SearchAttributeName[]> {
  const names = Object.keys(SEARCH_ATTRIBUTES) as SearchAttributeName[];
  try {
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    return names.filter((name) => customAttributes[name] !== TYPES[SEARCH_ATTRIBUTES[name]]);
  } catch (error) {
    if (!NO_OPERATOR_SERVICE.includes((error as { code?: number }).code ?? 0)) throw error;
  }
  const refused = await Promise.all(names.map((name) => isRefusedInQuery(connection, namespace, name)));
  return names.filter((_name, index) => refused[index]);
}

/** A visibility query that names an unknown attribute is an invalid argument. */
async function isRefusedInQuery({ workflowService }: OperatorConnection, namespace: string, name: SearchAttributeName) {
  try {
    await workflowService.countWorkflowExecutions({ namespace, query: `${name} IS NOT NULL` });
    return false;
  } catch (error) {
    if ((error as { code?: number }).code === 3) return true;
    throw error;
  }
}
