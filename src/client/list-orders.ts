import type { Client } from '@temporalio/client';
import {
  OPEN_RUNS,
  isRegionCode,
  PROJECT_PATTERN,
  SEARCH_ATTRIBUTE_KEYS,
  OPEN_STAGES,
  OUTCOMES,
  REFERENCE_PATTERN,
  referenceOf,
  WORKFLOW_TYPE,
  type Stage,
  type Violation,
} from '@number-orders/contract';
import { InvalidRequestError } from './errors';
import { listing } from './listing';

export interface ListFilter {
  stage?: Stage;
  /** ISO 3166-1 alpha-2. */
  region?: string;
  /** A named Sinch project. */
  project?: string;
  /** Open orders whose current reservation lapses before. */
  expiresBefore?: Date;
  /** Only those that have not ended. */
  open?: boolean;
  /** Only those of a batch. */
  batch?: string;
}

/** A line of a list, from Temporal's visibility: it lags seconds behind the order. */
export interface OrderSummary {
  reference: string;
  stage?: Stage;
  regionCode?: string;
  /** Left out: the default project. */
  project?: string;
  sinchOrderId?: string;
  /** RFC 3339. */
  expireTime?: string;
  /** RFC 3339. */
  startTime: string;
  /** Temporal's status: RUNNING, COMPLETED (the order has an outcome), FAILED, TERMINATED, … */
  status: string;
}

/** @throws {InvalidRequestError} */
export async function* listOrders(client: Client, filter: ListFilter): AsyncGenerator<OrderSummary> {
  const { connection, options } = client;
  for await (const run of listing(connection, options.namespace).list({ query: listQuery(filter) })) {
    const reference = referenceOf(run.workflowId);
    if (reference === undefined) continue;
    const attributes = run.typedSearchAttributes;
    const stage = attributes.get(SEARCH_ATTRIBUTE_KEYS.stage) as Stage | undefined;
    const regionCode = attributes.get(SEARCH_ATTRIBUTE_KEYS.region);
    const sinchOrderId = attributes.get(SEARCH_ATTRIBUTE_KEYS.sinchOrderId);
    const project = attributes.get(SEARCH_ATTRIBUTE_KEYS.project);
    const expireTime = attributes.get(SEARCH_ATTRIBUTE_KEYS.expireTime)?.toISOString();
    yield {
      reference,
      ...(stage && { stage }),
      ...(regionCode && { regionCode }),
      ...(project && { project }),
      ...(sinchOrderId && { sinchOrderId }),
      ...(expireTime && { expireTime }),
      startTime: run.startTime.toISOString(),
      status: run.status.name,
    };
  }
}

/** As a query of Temporal's visibility. @throws {InvalidRequestError} */
export function listQuery({ stage, region, project, expiresBefore, open, batch }: ListFilter): string {
  const violations: Violation[] = [];
  const stages: readonly string[] = [...OPEN_STAGES, ...OUTCOMES];
  if (stage !== undefined && !stages.includes(stage)) {
    violations.push({ field: 'stage', description: `must be one of ${stages.join(', ')}` });
  }
  if (region !== undefined && !isRegionCode(region)) {
    violations.push({ field: 'region', description: 'must be two capitals, such as AU' });
  }
  if (batch !== undefined && !REFERENCE_PATTERN.test(batch)) {
    violations.push({ field: 'batch', description: 'must be the name of a batch' });
  }
  if (project !== undefined && !PROJECT_PATTERN.test(project)) {
    violations.push({ field: 'project', description: 'must be the name of a project' });
  }
  if (violations.length > 0) throw new InvalidRequestError(violations, 'The filter');
  return [
    `WorkflowType = '${WORKFLOW_TYPE}'`,
    // Earlier runs of one long order: the last one tells its state.
    open || expiresBefore ? OPEN_RUNS : `ExecutionStatus != 'ContinuedAsNew'`,
    ...(stage ? [`${SEARCH_ATTRIBUTE_KEYS.stage.name} = '${stage}'`] : []),
    ...(region ? [`${SEARCH_ATTRIBUTE_KEYS.region.name} = '${region}'`] : []),
    ...(batch === undefined ? [] : [`${SEARCH_ATTRIBUTE_KEYS.batch.name} = '${batch}'`]),
    ...(project ? [`${SEARCH_ATTRIBUTE_KEYS.project.name} = '${project}'`] : []),
    ...(expiresBefore ? [`${SEARCH_ATTRIBUTE_KEYS.expireTime.name} < '${expiresBefore.toISOString()}'`] : []),
  ].join(' AND ');
}
