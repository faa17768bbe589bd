export * from './format.ts';
export type { MessageKey, Namespace } from './keys.ts';
export * from './locale.ts';
export { type Catalogue, formatMessage, type MessageParams, type Messages } from './message.ts';
