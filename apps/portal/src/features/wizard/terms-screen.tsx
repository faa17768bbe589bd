import { useT } from '@rnoce/ui/i18n';
import { PageTitle } from '@rnoce/ui/page-title';
import './wizard.css';

const parts = ['purpose', 'data', 'recipients', 'keeping', 'rights', 'duties', 'contact'] as const;

/** « Conditions Générales d'Utilisation »: what is done with the data, and the rights of law 09-08. Open to anyone. */
export function Component() {
  const t = useT();
  return (
    <article className="wizard-terms rnoce-card">
      <PageTitle title={t('wizard:terms.title')} />
      <p>{t('wizard:terms.intro')}</p>
      {parts.map((part) => (
        <section key={part}>
          <h2>{t(`wizard:terms.${part}.title`)}</h2>
          <p>
            {t(`wizard:terms.${part}.text`, {
              phone: `\u2066${t('common:assistance.phone').replaceAll(' ', '\u00a0')}\u2069`,
            })}
          </p>
        </section>
      ))}
    </article>
  );
}
