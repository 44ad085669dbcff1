/**
 * The SDK takes a stack trace of every promise, for a query that lists them. Ten frames of each took a third of a worker's time
 * for workflow code. Errors keep as many: enough to see where one was thrown.
 */
Error.stackTraceLimit = 3;
