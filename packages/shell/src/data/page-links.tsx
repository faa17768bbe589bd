import { Button } from '@mantine/core';
import { useT } from '@rnoce/ui/i18n';
import { Link, type To } from 'react-router';
import './page-links.css';

/** « Précédent », where one is, « Suivant »: each page has its address. Nothing when there is one page. */
export function PageLinks({
  page,
  pages,
  label,
  to,
}: {
  page: number;
  pages: number;
  /** What is paged through. */
  label: string;
  to: (page: number) => To;
}) {
  const t = useT();
  if (pages <= 1) return null;
  return (
    <nav className="rnoce-pages" aria-label={label}>
      {page > 1 ? (
        <Button component={Link} to={to(page - 1)} variant="outline" size="sm" rel="prev" preventScrollReset>
          {t('common:action.previous')}
        </Button>
      ) : null}
      <span className="rnoce-tabular">{t('shell:pages.current', { page, pages })}</span>
      {page < pages ? (
        <Button component={Link} to={to(page + 1)} variant="outline" size="sm" rel="next" preventScrollReset>
          {t('common:action.next')}
        </Button>
      ) : null}
    </nav>
  );
}
