export { firstVersion } from './first-version';
export { floor } from './floor';
