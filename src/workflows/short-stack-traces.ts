/**
 * The SDK takes a stack trace of every promise, for a query that lists them. Ten frames of each took a third of a worker's time
 * for workflow code. Errors keep as many: enough to see where one was thrown. The SDK freezes `Error` once it has preloaded modules,
 * of which this is one: see src/worker/workflow-code.ts.
 */
Error.stackTraceLimit = 3;
