import { branchesOf } from '../../demo/trace-tree';
import type { ReceivedSpan } from '../../local/otlp-receiver';

const span = (name: string, parent: string, start: number): ReceivedSpan => ({
  service: 'a-service',
  name,
  traceId: 'trace',
  spanId: name,
  parentSpanId: parent,
  start,
  end: start + 1,
  attributes: {},
});
const drawn = (...spans: ReceivedSpan[]) => branchesOf(spans).map(({ span: { name }, stem }) => stem + name);

describe('the tree of a trace', () => {
  it('has each span below its parent, the earliest first, in whatever order the spans arrive', () => {
    const spans = [
      span('d', 'b', 4),
      span('e', 'a', 5),
      span('c', 'b', 3),
      span('f', 'e', 6),
      span('a', '', 1),
      span('b', 'a', 2),
    ];
    expect(drawn(...spans)).toEqual(['a', '├─ b', '│  ├─ c', '│  └─ d', '└─ e', '   └─ f']);
  });

  it('has a span without a parent as another root', () => {
    expect(drawn(span('a', 'lost', 1), span('b', 'a', 2), span('c', '', 3))).toEqual(['a', '└─ b', 'c']);
  });
});
