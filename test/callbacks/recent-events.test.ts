import { RecentEvents } from '../../src/callbacks/recent-events';

describe('The memory of recent events', () => {
  it('is bounded, and forgets first what was not seen for longest', () => {
    const recent = new RecentEvents(2);
    recent.add('a');
    recent.add('b');
    expect(recent.has('a')).toBe(true);
    recent.add('c');
    expect(['a', 'b', 'c'].filter((id) => recent.has(id))).toEqual(['a', 'c']);
  });
});
