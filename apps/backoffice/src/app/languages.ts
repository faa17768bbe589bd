import { loadCatalogue } from '@rnoce/i18n/backoffice';
import { loadDesk } from '@rnoce/i18n/desk';
import { loadReference } from '@rnoce/i18n/reference';
import { createI18n } from '@rnoce/ui/i18n';

/** Made before anything else, so that the messages come beside the first screen's code. */
export const i18n = createI18n(loadCatalogue);

/** What is shown behind the sign-in, with what only that says. */
export const withDesk = <Screen>(screen: Promise<Screen>) =>
  i18n.withMessages(loadDesk, i18n.withMessages(loadReference, screen));
