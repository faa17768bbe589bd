import type { PaymentNext, PaymentOrder } from '@rnoce/schemas';

type Redirect = Extract<PaymentNext, { type: 'redirect' }>;

/** What opening an order answered, for the order's own screen to go on with. A redirection is given once, and used once. */
const orders = new Map<string, PaymentOrder>();

export function handOver(order: PaymentOrder): void {
  orders.set(order.id, order);
}

/** The order that another screen has just opened, and where the browser must go now. */
export function takeOver(id: string): { order: PaymentOrder; redirect: Redirect | undefined } | undefined {
  const order = orders.get(id);
  if (!order) return undefined;
  return { order, redirect: order.next?.type === 'redirect' ? order.next : undefined };
}

/** The browser goes: when it comes back, only the gateway's word counts. */
export function forget(id: string): void {
  orders.delete(id);
}
