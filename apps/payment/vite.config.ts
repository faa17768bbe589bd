import { defineSpa } from '@rnoce/config/vite';

export default defineSpa('/paiement/');
