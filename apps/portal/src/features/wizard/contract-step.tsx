import { useT } from '@rnoce/ui/i18n';

/** « Contrat ». */
export function ContractStep() {
  const t = useT();
  return <p className="wizard-lead">{t('reference:step.contract')}</p>;
}
