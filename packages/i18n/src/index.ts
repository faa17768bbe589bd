export * from './format.ts';
export type { MessageKey } from './keys.ts';
export * from './locale.ts';
export {
  type Catalogue,
  findMessage,
  formatMessage,
  type LoadCatalogue,
  type MessageParams,
} from './message.ts';
