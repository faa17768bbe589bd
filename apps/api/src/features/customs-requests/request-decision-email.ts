import type { DecideCustomsRequestBody } from '@rnoce/schemas';
import type { EmailTemplateData, NamedRequestReason } from '../emails/emails.templates.ts';
import { requestData } from './customs-requests.links.ts';
import type { RequestRecord } from './customs-requests.transitions.ts';

type DecisionTemplate = 'customs_request_accepted' | 'customs_request_rejected';
type DecisionEmail = {
  [Template in DecisionTemplate]: { template: Template; data: EmailTemplateData[Template] };
}[DecisionTemplate];

/** The reasons with the name of the manager whom each is about, as the request asks for them or BADR held them. */
function named(
  { before, sections }: Pick<RequestRecord, 'before' | 'sections'>,
  reasons: DecideCustomsRequestBody['reasons'],
): NamedRequestReason[] {
  const managers = [...(sections.managers ?? []), ...(before.managers ?? [])];
  return reasons.map(({ about, ...reason }) => {
    if (!about) return reason;
    const key = 'item' in about ? about.item.replace(/^managers\./, '') : undefined;
    const manager = managers.find((one) => one.key === key);
    const name = [manager?.firstName, manager?.lastName].filter((part) => part).join(' ');
    return { ...reason, about, ...(manager ? { name } : {}) };
  });
}

/** The e-mail that tells a decision to the operator. */
export function requestDecisionEmail(
  request: RequestRecord,
  { outcome, reasons }: DecideCustomsRequestBody,
): DecisionEmail {
  const data = requestData(request);
  return outcome === 'accepted'
    ? { template: 'customs_request_accepted', data: { ...data, leftOut: named(request, reasons) } }
    : { template: 'customs_request_rejected', data: { ...data, reasons: named(request, reasons) } };
}
