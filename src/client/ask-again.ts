/** How a worker refuses a query that has overtaken a workflow task, see docs/decisions/0014-queries-ahead.md. */
export const ASK_AGAIN = 'The query has overtaken a workflow task: ask again';
