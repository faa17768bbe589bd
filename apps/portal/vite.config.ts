import { defineSpa, pdfAssets } from '@rnoce/config/vite';

export default defineSpa('/espace-prive/', { plugins: [pdfAssets()] });
