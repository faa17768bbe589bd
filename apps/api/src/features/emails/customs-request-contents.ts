/** What the e-mails about operations on a customs account say (spec/registration.md, Operations on a customs account). */
import { sectionRule } from '@rnoce/schemas';
import type { EmailBlock } from './email-document.ts';
import { type Content, facts, type Key, paragraph, type Translate, type Words } from './email-words.ts';
import type { EmailTemplateData, NamedRequestReason } from './emails.templates.ts';

/** Which request it is about. */
const requestFacts = (
  {
    legalName,
    reference,
    type,
  }: Pick<EmailTemplateData['customs_request_received'], 'legalName' | 'reference' | 'type'>,
  { t }: Words,
): EmailBlock =>
  facts([
    [t('emails:customs_request.operation'), t(`reference:operation-type.${type}`)],
    [t('emails:customs_request.operator'), legalName],
    [t('emails:customs_request.number'), reference],
  ]);

/** The name of what a reason is about, as the request calls it. */
function aboutLabel({ about, name = '' }: NamedRequestReason, t: Translate): string {
  const whole = t('emails:customs_request.whole');
  if (about === undefined) return whole;
  if ('document' in about) return t(`reference:document.${about.document}`);
  const [section, field = ''] = about.item.split('.');
  if (section === 'managers') return t('emails:customs_request.manager', { name });
  const { labels, fields } = sectionRule('company');
  // The table of sections names the labels: the catalogues' test compares the two.
  return Object.hasOwn(fields, field) ? t(`reference:${labels}.${field}` as Key) : whole;
}

const reasonList = (reasons: readonly NamedRequestReason[], t: Translate): EmailBlock => ({
  kind: 'list',
  items: reasons.map((reason) => ({
    title: t('emails:customs_request.reason', {
      about: aboutLabel(reason, t),
      cause: t(`reference:cause.${reason.cause}`),
    }),
    detail: reason.text,
  })),
});

type RequestTemplate =
  | 'customs_request_received'
  | 'customs_request_accepted'
  | 'customs_request_rejected'
  | 'customs_request_closed'
  | 'cancellation_notice';

export const customsRequestContents: { [Template in RequestTemplate]: Content<Template> } = {
  customs_request_received: (data, words) => [
    paragraph(words.t('emails:customs_request_received.told')),
    requestFacts(data, words),
    words.action('emails:customs_request.action', data.path),
    paragraph(words.t('emails:customs_request_received.not-you')),
  ],
  cancellation_notice: (data, words) => [
    paragraph(words.t('emails:cancellation_notice.told')),
    requestFacts({ ...data, type: 'cancellation' }, words),
    paragraph(words.t('emails:cancellation_notice.meaning')),
    paragraph(words.t('emails:cancellation_notice.not-you')),
  ],
  customs_request_accepted: (data, words) => [
    paragraph(words.t('emails:customs_request_accepted.told')),
    requestFacts(data, words),
    paragraph(words.t(`emails:customs_request_accepted.${data.type}`)),
    ...(data.leftOut.length > 0
      ? [paragraph(words.t('emails:customs_request_accepted.left-out')), reasonList(data.leftOut, words.t)]
      : []),
    words.action('emails:customs_request.action', data.path),
  ],
  customs_request_rejected: (data, words) => [
    paragraph(words.t('emails:customs_request_rejected.told')),
    requestFacts(data, words),
    paragraph(words.t('emails:customs_request_rejected.why')),
    reasonList(data.reasons, words.t),
    paragraph(words.t('emails:customs_request_rejected.again')),
    words.action('emails:customs_request.action', data.path),
  ],
  customs_request_closed: (data, words) => [
    paragraph(words.t('emails:customs_request_closed.told')),
    requestFacts(data, words),
    words.action('emails:customs_request.action', data.path),
  ],
};
