import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

/** The tag of an image that docker-compose.yml names: what is built to stand in for it is of that version. */
export function imageTag(image) {
  const compose = readFileSync(join(root, 'docker-compose.yml'), 'utf8');
  const tag = compose.match(new RegExp(`^ +image: ${image}:(\\S+)$`, 'm'))?.[1];
  if (!tag) throw new Error(`docker-compose.yml names no image ${image} with a tag.`);
  return tag;
}
