import { formatTime, type Locale } from '@rnoce/i18n';
import { translate } from '@rnoce/i18n/translate';
import type { ServiceStatus } from '@rnoce/schemas';
import type { Environment } from '../../env.ts';
import { type Html, html } from './html.ts';

/** Icons of the Tabler set, as everywhere; a word always stands beside. */
const icon = (paths: string, mirrored = false): Html =>
  html`<svg class="icon${mirrored ? ' mirrored' : ''}" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="${paths}"/></svg>`;
const icons = {
  building: 'M3 21h18M5 21V7l8-4v18M19 21V11l-6-4M9 9v.01M9 12v.01M9 15v.01M9 18v.01',
  receipt: 'M5 21V5a2 2 0 0 1 2-2h10a2 2 0 0 1 2 2v16l-3-2-2 2-2-2-2 2-2-2-3 2M9 7h6M9 11h6M13 15h2',
  badge: 'M12 3a12 12 0 0 0 8.5 3a12 12 0 0 1-8.500 15a12 12 0 0 1-8.500-15a12 12 0 0 0 8.500-3M9 12l2 2l4-4',
  arrow: 'M5 12h14M13 18l6-6M13 6l6 6',
  phone: 'M5 4h4l2 5-2.500 1.500a11 11 0 0 0 5 5L15 13l5 2v4a2 2 0 0 1-2 2A16 16 0 0 1 3 6a2 2 0 0 1 2-2',
  help: 'M12 3a9 9 0 1 1 0 18a9 9 0 0 1 0-18M12 17v.01M12 13.500a1.500 1.500 0 0 1 1-1.500a2.600 2.600 0 1 0-3-4',
  up: 'M12 3a9 9 0 1 1 0 18a9 9 0 0 1 0-18M9 12l2 2l4-4',
  down: 'M12 3a9 9 0 1 1 0 18a9 9 0 0 1 0-18M10 10l4 4M14 10l-4 4',
  unknown: 'M12 3a9 9 0 1 1 0 18a9 9 0 0 1 0-18M9 12h6',
} as const;

const doors = [
  { name: 'portal', path: '/espace-prive/', icon: icons.building },
  { name: 'payment', path: '/paiement/', icon: icons.receipt },
  { name: 'agents', path: '/agents/', icon: icons.badge },
] as const;

type Settings = Pick<Environment, 'ASSISTANCE_PHONE' | 'ASSISTANCE_URL'>;

/** The landing page's content (spec/interface.md, Screens): one sentence, three doors, help, status of the outside services. */
export function landingContent(
  locale: Locale,
  { ASSISTANCE_PHONE, ASSISTANCE_URL }: Settings,
  status: ServiceStatus,
): Html {
  const t = (key: Parameters<typeof translate>[1]) => translate(locale, key);
  const phone = html`<bdi dir="ltr">${ASSISTANCE_PHONE.replaceAll(' ', '\u00a0')}</bdi>`;
  const [before = '', after = ''] = translate(locale, 'landing:help.phone', { phone: '\u0000' }).split(
    '\u0000',
  );
  return html`<h1>${t('landing:intro.sentence')}</h1>
<ul class="doors" aria-label="${t('landing:doors.label')}">
${doors.map(
  (door) => html`<li class="door ${door.name}">
${icon(door.icon)}
<h2>${t(`landing:${door.name}.title`)}</h2>
<p>${t(`landing:${door.name}.text`)}</p>
<p class="enter"><a href="${door.path}">${t(`landing:${door.name}.action`)}${icon(icons.arrow, true)}</a></p>
</li>`,
)}
</ul>
<div class="aside">
<section aria-labelledby="help">
<h2 id="help">${t('landing:help.title')}</h2>
<p>${t('landing:help.text')}</p>
<ul class="plain">
<li>${icon(icons.phone)}<a href="tel:${ASSISTANCE_PHONE.replaceAll(/[^\d+]/g, '')}">${before}${phone}${after}</a></li>
<li>${icon(icons.help)}<a href="${ASSISTANCE_URL}" rel="noopener">${t('landing:help.link')}</a></li>
<li>${icon(icons.badge)}<a href="/espace-prive/contrat">${t('landing:help.contract')}</a></li>
</ul>
</section>
${statusSection(locale, status)}
</div>`;
}

function statusSection(locale: Locale, { services, checkedAt }: ServiceStatus): Html {
  const t = (key: Parameters<typeof translate>[1]) => translate(locale, key);
  const down = services.some(({ state }) => state === 'down');
  return html`<section aria-labelledby="status">
<h2 id="status">${t('landing:status.title')}</h2>
<ul class="plain states">
${services.map(
  ({ service, state }) => html`<li><span>${t(`reference:service.${service}`)}</span>
<span class="state ${state}">${icon(icons[state])}${t(`reference:service-state.${state}`)}</span></li>`,
)}
</ul>
${down ? html`<p class="notice">${t('landing:status.down')}</p>` : ''}
${checkedAt === null ? '' : html`<p class="hint">${translate(locale, 'landing:status.checked', { time: formatTime(checkedAt) })}</p>`}
</section>`;
}

/** The content of the page that isn't there. */
export const missingContent = (
  locale: Locale,
): Html => html`<h1>${translate(locale, 'landing:missing.title')}</h1>
<p>${translate(locale, 'landing:missing.text')}</p>
<p class="enter"><a href="/">${translate(locale, 'landing:missing.action')}${icon(icons.arrow, true)}</a></p>`;
