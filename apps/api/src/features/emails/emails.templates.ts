import type {
  AccountApiKey,
  Authority,
  CustomsRequestType,
  PaymentChannel,
  Reason,
  RequestReasonView,
} from '@rnoce/schemas';

/** The e-mails of the portal and what each needs (spec/registration.md, E-mails; spec/payment.md). A `path` is below the portal's public address. */
export interface EmailTemplateData {
  /** To an address that nobody confirmed yet: nothing that the form was filled in with, or anybody could write to anybody in our name. */
  account_creation: { path: string };
  password_reset: { legalName: string; path: string };
  password_changed: { legalName: string; at: string };
  registry_confirmation: { code: string; legalName: string };
  subscription_received: { legalName: string; code: string; authorities: Authority[] };
  filing_incomplete: {
    legalName: string;
    code: string;
    authority: Authority;
    reasons: Reason[];
    path: string;
  };
  /** By PortNet, with the subscription code; null in a preview, where it isn't drawn yet. */
  filing_validated: {
    legalName: string;
    code: string;
    authority: Authority;
    subscriptionCode?: string | null;
  };
  /** To a user, who may not know the portal. */
  single_window_account_opened: {
    name: string;
    legalName: string;
    login: string;
    subscriptionCode: string;
  };
  /** To the operator: an agent gave other addresses for users whom the single window refused. */
  user_emails_changed: {
    legalName: string;
    code: string;
    changes: { name: string; from: string; to: string }[];
    path: string;
  };
  /** To the operator: an agent found that they act for the company whose customs account they attached. */
  control_confirmed: { legalName: string; code: string; path: string };
  /** To the operator; what was written stays in the portal. */
  message_received: { legalName: string; code: string; authority: Authority; path: string };
  /** To the agent who holds the dossier. */
  message_received_by_agent: { legalName: string; code: string; path: string };
  customs_request_received: RequestData;
  /** To the address that BADR holds, when it isn't the account's: whoever reads it may not know the portal, so there is no link. */
  cancellation_notice: Omit<RequestData, 'path' | 'type'>;
  /** `leftOut`: the changes of an update that won't be made, and why. */
  customs_request_accepted: RequestData & { leftOut: NamedRequestReason[] };
  customs_request_rejected: RequestData & { reasons: NamedRequestReason[] };
  /** A cancellation was accepted while this update waited. */
  customs_request_closed: RequestData;
  payment_reference: OrderData & {
    reference: string;
    channel: PaymentChannel;
    paidAt: string[];
    expiresAt: string;
  };
  /** The PDF is made when the e-mail leaves. */
  payment_receipt: OrderData & { orderId: string; receiptNumber: string; paidAt: string };
  payment_refund_due: OrderData;
  payment_refunded: OrderData;
  payment_taken_back: OrderData;
  /** To an agent who is named by an administrator; `renewed`: they had access before, and what they had opens nothing any more. */
  agent_invitation: {
    name: string;
    authority: Authority;
    by: string;
    path: string;
    expiresAt: string;
    renewed: boolean;
  };
  /** To an agent: what opens their session is not what it was; without a link, since nothing is to be done by who did it. */
  agent_access_changed: { change: 'activated' | 'password'; at: string };
  /** To the operator for whom the key acts. `key`: its name and hint; `expiresOn`: its last day. */
  api_key_made: {
    legalName: string;
    integrator: string;
    key: string;
    scopes: AccountApiKey['scopes'];
    expiresOn: string;
    authority: Authority;
  };
  /** To an integrator: endpoints of it are called no more. `since`: the first call that failed. */
  webhook_disabled: EndpointFailed | EndpointsDistrusted;
}

interface EndpointFailed {
  integrator: string;
  url: string;
  reason: 'failures' | 'gone';
  since: string;
}
/** All its endpoints, by what a key could change that is in other hands, or that the operator ended. `key`: its name and hint. */
interface EndpointsDistrusted {
  integrator: string;
  reason: 'key_compromised' | 'key_withdrawn';
  key: string;
  urls: string[];
}

/** Of an operation on a customs account. */
interface RequestData {
  legalName: string;
  reference: string;
  type: CustomsRequestType;
  path: string;
}

/** A reason with the name of the manager whom it is about. */
export interface NamedRequestReason extends RequestReasonView {
  name?: string;
}

/** Of a payment, anybody's own: no name of a client, since anybody may give any address. */
interface OrderData {
  orderNumber: string;
  issuer: string;
  /** `840.00`, MAD. */
  amount: string;
  path: string;
}
export type EmailTemplate = keyof EmailTemplateData;
