import type { AttemptStatus, OrderStatus } from '@rnoce/schemas';
import { attemptStates, type PaymentProvider } from '@rnoce/schemas/payment-states';
import { sql } from 'drizzle-orm';
import type { PaymentApp } from './payments.ts';

interface LedgerEntry {
  reference: string;
  state: string;
  amount: number;
  authorised: number;
  captured: number;
  refunded: number;
}
interface AttemptRow extends Record<string, unknown> {
  reference: string;
  order_number: number;
  status: AttemptStatus;
  amount: number;
  settled: number;
  due: number;
}
interface OrderRow extends Record<string, unknown> {
  number: number;
  status: OrderStatus;
  amount: number;
  lines: number;
  settled: number;
  due: number;
  paid_times: number;
  released: number;
}

/** The gateways' money beside ours, in centimes. */
interface Books {
  /** What doesn't agree, in words; empty when all does. */
  readonly gaps: readonly string[];
  readonly captured: number;
  readonly settled: number;
  readonly refundDue: number;
  readonly orders: Readonly<Record<string, number>>;
  readonly voided: number;
}

const providers: readonly PaymentProvider[] = ['cmi', 'fatourati', 'amanpay'];

/**
 * Compares every row of the sandbox's registers with our attempts, and our orders, settlements and refunds with each other, once everything has
 * been asked about: captured money is settled or due back, nothing stays promised, an invoice has one settlement at the most.
 */
export async function compareBooks({ control, rows }: PaymentApp): Promise<Books> {
  const gaps: string[] = [];
  const demand = (holds: boolean, gap: string) => {
    if (!holds) gaps.push(gap);
  };
  const registers = await Promise.all(
    providers.map((gateway) => control<{ items: LedgerEntry[] }>('GET', `/api/${gateway}/orders`)),
  );
  const ledger = new Map(registers.flatMap(({ items }) => items).map((entry) => [entry.reference, entry]));
  const attempts = await rows<AttemptRow>(sql`
    with settled as (
      select s.attempt_id, sum(l.amount_centimes)::float8 as amount from settlements s
      join payment_order_lines l on l.order_id = s.order_id and l.invoice_id = s.invoice_id
      where s.released_at is null group by 1),
    due as (select attempt_id, sum(amount_centimes)::float8 as amount from refunds where status = 'due' group by 1)
    select a.reference, o.number::int as order_number, a.status, a.amount_centimes::float8 as amount,
      coalesce(settled.amount, 0) as settled, coalesce(due.amount, 0) as due
    from payment_attempts a join payment_orders o on o.id = a.order_id
    left join settled on settled.attempt_id = a.id left join due on due.attempt_id = a.id`);
  const captured = new Map<number, number>();
  for (const { reference, order_number: number, status, amount, settled, due } of attempts) {
    const entry = ledger.get(reference);
    const held = entry ? entry.captured - entry.refunded : 0;
    ledger.delete(reference);
    captured.set(number, (captured.get(number) ?? 0) + held);
    const said = `${reference} ${status}: theirs ${entry?.state ?? 'none'} ${String(held)}, ours ${String(settled)} settled ${String(due)} due`;
    demand(held === settled + due, said);
    demand(settled === 0 || settled === amount, `half settled: ${said}`);
    demand(!entry || entry.amount === amount, `another amount asked: ${said}`);
    const { money } = attemptStates[status];
    demand(money !== 'promised' && money !== 'unknown', `undecided: ${said}`);
    demand((money === 'taken') === held > 0, `money: ${said}`);
    demand(held > 0 || (entry?.authorised ?? 0) === 0, `left authorised: ${said}`);
    demand(entry?.state !== 'voided' || status === 'voided', `voided there alone: ${said}`);
  }
  for (const { reference } of ledger.values()) gaps.push(`${reference} is theirs alone`);

  const orders = await rows<OrderRow>(sql`
    select o.number::int, o.status, o.amount_centimes::float8 as amount,
      (select sum(l.amount_centimes) from payment_order_lines l where l.order_id = o.id)::float8 as lines,
      coalesce((select sum(l.amount_centimes) from settlements s
        join payment_order_lines l on l.order_id = s.order_id and l.invoice_id = s.invoice_id
        where s.order_id = o.id and s.released_at is null), 0)::float8 as settled,
      coalesce((select sum(r.amount_centimes) from refunds r where r.order_id = o.id and r.status = 'due'), 0)::float8 as due,
      (select count(*) from payment_history h where h.order_id = o.id and h.attempt_id is null and h.to_status = 'paid')::int as paid_times,
      (select count(distinct s.released_at) from settlements s where s.order_id = o.id)::int as released
    from payment_orders o`);
  const count: Record<string, number> = {};
  for (const { number, status, amount, lines, settled, due, paid_times: times, released } of orders) {
    count[status] = (count[status] ?? 0) + 1;
    const said = `order ${String(number)} ${status}: ${String(amount)} asked, ${String(settled)} settled, ${String(due)} due`;
    demand(lines === amount, `lines: ${said}`);
    demand((status === 'paid') === (settled === amount), `paid: ${said}`);
    demand(settled === 0 || settled === amount, `half settled: ${said}`);
    demand(status !== 'refund_due' || due > 0, `nothing due: ${said}`);
    demand(due === 0 || status === 'refund_due' || status === 'paid', `due and not said: ${said}`);
    demand(
      (captured.get(number) ?? 0) === settled + due,
      `captured ${String(captured.get(number))}: ${said}`,
    );
    demand(times === (status === 'paid' ? 1 : 0) + released, `paid ${String(times)} times: ${said}`);
  }

  const invoices = await rows<{ number: string; status: string; settled: number }>(sql`
    select i.number, i.status, count(s.id)::int as settled
    from invoices i left join settlements s on s.invoice_id = i.id and s.released_at is null
    group by i.id having count(s.id) <> (case when i.status = 'paid' then 1 else 0 end)`);
  for (const { number, status, settled } of invoices)
    gaps.push(`invoice ${number} is ${status} with ${String(settled)} settlements`);
  const unfinished = await rows<{ n: number }>(
    sql`select count(*)::int as n from gateway_messages where processed_at is null`,
  );
  demand(unfinished[0]?.n === 0, `${String(unfinished[0]?.n)} messages unfinished`);

  const sum = (all: readonly number[]) => all.reduce((total, one) => total + one, 0);
  return {
    gaps,
    captured: sum([...captured.values()]),
    settled: sum(orders.map(({ settled }) => settled)),
    refundDue: sum(orders.map(({ due }) => due)),
    orders: count,
    voided: attempts.filter(({ status }) => status === 'voided').length,
  };
}
