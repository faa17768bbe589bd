export * from './format.ts';
export type { MessageKey, Namespace } from './keys.ts';
export * from './locale.ts';
export {
  type Catalogue,
  findMessage,
  formatMessage,
  type LoadCatalogue,
  type MessageParams,
  type Messages,
} from './message.ts';
