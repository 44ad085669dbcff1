import { RecentEvents } from '../../src/callbacks/recent-events';

describe('The memory of recent events', () => {
  it('is bounded, and drops the least recently seen event first', () => {
    const recent = new RecentEvents(2);
    recent.add('a');
    recent.add('b');
    expect(recent.has('a')).toBe(true);
    recent.add('c');
    expect(['a', 'b', 'c'].filter((id) => recent.has(id))).toEqual(['a', 'c']);
  });
});
