import type { ReactNode } from 'react';
import { Icon, type IconName } from '../../controls/icon.tsx';
import { useLanguage } from '../../language/use-language.ts';
import { pageCount, pageNumbers } from './pages.ts';

interface PaginationProps {
  readonly page: number;
  readonly total: number;
  readonly pageSize: number;
  readonly addressOf: (page: number) => string;
  readonly onGo: (page: number) => void;
}

/** Premier, précédent, numbers, suivant, dernier (guide 004, III). A step that leads nowhere is read, not pressed. */
export function Pagination({ page, total, pageSize, addressOf, onGo }: PaginationProps) {
  const { t } = useLanguage();
  const count = pageCount(total, pageSize);
  if (count === 1) return null;

  const to = (target: number, content: ReactNode, options: { label: string; className: string }) => {
    const here = target === page;
    if (target < 1 || target > count || (here && options.className === 'step'))
      return (
        <span className={`${options.className} off`} aria-hidden="true">
          {content}
        </span>
      );
    return (
      <a
        className={options.className}
        href={addressOf(target)}
        aria-label={options.label}
        aria-current={here ? 'page' : undefined}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          onGo(target);
        }}
      >
        {content}
      </a>
    );
  };
  const step = (target: number, icon: IconName, label: string) =>
    to(target, <Icon name={icon} />, { label, className: 'step' });

  return (
    <nav className="pagination" aria-label={t('checkout:pages.label')}>
      <ul>
        <li>{step(page === 1 ? 0 : 1, 'chevrons-left', t('checkout:pages.first'))}</li>
        <li>{step(page - 1, 'chevron-left', t('checkout:pages.previous'))}</li>
        {pageNumbers(page, count).map((number, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- two gaps have no other name
          <li key={number === 'gap' ? `gap-${index}` : number}>
            {number === 'gap' ? (
              <span className="off">…</span>
            ) : (
              to(number, number, {
                label: t('checkout:pages.page', { page: number, count }),
                className: 'page',
              })
            )}
          </li>
        ))}
        <li>{step(page + 1, 'chevron-right', t('checkout:pages.next'))}</li>
        <li>{step(page === count ? count + 1 : count, 'chevrons-right', t('checkout:pages.last'))}</li>
      </ul>
    </nav>
  );
}
