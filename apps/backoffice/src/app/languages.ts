import { loadCatalogue } from '@rnoce/i18n/backoffice';
import { createI18n } from '@rnoce/ui/i18n';

/** Made before anything else, so that the messages come beside the first screen's code. */
export const i18n = createI18n(loadCatalogue);
