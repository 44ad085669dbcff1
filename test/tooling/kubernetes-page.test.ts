import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SEARCH_ATTRIBUTES } from '@number-orders/contract';

it('docs/temporal-cloud.md registers every search attribute', () => {
  const page = readFileSync(join(__dirname, '../../docs/temporal-cloud.md'), 'utf8');
  const registered = [...page.matchAll(/--search-attribute (\w+)=(\w+)/g)].map(([, name, type]) => [name, type]);
  expect(registered).toEqual(Object.entries(SEARCH_ATTRIBUTES));
});

it('docs/kubernetes.md registers every search attribute that a worker needs to start', () => {
  const page = readFileSync(join(__dirname, '../../docs/kubernetes.md'), 'utf8');
  const registered = [...page.matchAll(/--name (\w+) --type (\w+)/g)].map(([, name, type]) => [name, type]);
  expect(registered).toEqual(Object.entries(SEARCH_ATTRIBUTES));
});
