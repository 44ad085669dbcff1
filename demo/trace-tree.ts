import type { ReceivedSpan } from '../local/otlp-receiver';

/** A span to be printed, and how it hangs below its parents. */
export interface Branch {
  span: ReceivedSpan;
  /** Such as `│  └─ `; empty for a root. */
  stem: string;
}

/** All spans of a trace in the order of the tree: each below its parent, siblings by when they began. */
export function branchesOf(spans: readonly ReceivedSpan[]): Branch[] {
  const known = new Set(spans.map(({ spanId }) => spanId));
  const sorted = [...spans].sort((a, b) => a.start - b.start);
  const below = (parentId: string) => sorted.filter(({ parentSpanId }) => parentSpanId === parentId);
  const branches = (siblings: ReceivedSpan[], indent: string): Branch[] =>
    siblings.flatMap((span, index) => {
      const isLast = index === siblings.length - 1;
      const deeper = `${indent}${isLast ? '   ' : '│  '}`;
      return [{ span, stem: `${indent}${isLast ? '└─ ' : '├─ '}` }, ...branches(below(span.spanId), deeper)];
    });
  return sorted
    .filter(({ parentSpanId }) => !known.has(parentSpanId))
    .flatMap((root) => [{ span: root, stem: '' }, ...branches(below(root.spanId), '')]);
}
