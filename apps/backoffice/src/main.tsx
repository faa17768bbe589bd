import '@rnoce/ui/styles.css';
import { startApplication } from '@rnoce/shell/application';
import { i18n } from './app/languages.ts';
import { router } from './app/router.tsx';

void startApplication(i18n, router);
