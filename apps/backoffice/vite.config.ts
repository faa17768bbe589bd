import { defineSpa, pdfAssets } from '@rnoce/config/vite';

export default defineSpa('/agents/', { plugins: [pdfAssets()] });
