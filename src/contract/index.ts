/** The public contract. Other services import this and nothing else. */
export * from './bytes';
export * from './describe-selection';
export * from './duration';
export * from './failures';
export * from './form';
export * from './ids';
export * from './limits';
export * from './messages';
export * from './names';
export * from './notifications';
export * from './read-messages';
export * from './read-request';
export type { Read } from './reader';
export * from './region';
export * from './request';
export * from './sweep';
export * from './titles';
export * from './view';
