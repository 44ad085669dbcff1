/** The caller's own unique key for an order. It becomes part of ids and paths, so it must never be personal data. */
export const REFERENCE_PATTERN = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;

/** The name of one of the fleet's Sinch projects. It becomes part of callback URLs and of the names of task queues. */
export const PROJECT_PATTERN = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

const WORKFLOW_ID_PREFIX = 'number-order-';

/** `number-order-<reference>`: one order for each reference, for all callers. */
export function workflowIdOf(reference: string): string {
  return WORKFLOW_ID_PREFIX + reference;
}

/** The reference in a workflow id, or undefined when the id is not an order's. */
export function referenceOf(workflowId: string): string | undefined {
  if (!workflowId.startsWith(WORKFLOW_ID_PREFIX)) return undefined;
  const reference = workflowId.slice(WORKFLOW_ID_PREFIX.length);
  return REFERENCE_PATTERN.test(reference) ? reference : undefined;
}

/** `<reference>/<sha256>`: where the attachment store keeps a document of an order. `sha256` is lower-case hex. */
export function attachmentKeyOf(reference: string, sha256: string): string {
  return `${reference}/${sha256}`;
}
