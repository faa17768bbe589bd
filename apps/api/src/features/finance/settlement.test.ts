import { type Anomaly, casablancaDate, type SettlementFile, type SettlementReport } from '@rnoce/schemas';
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkSettlementFiles } from '../../jobs/check-settlement-files.ts';
import { inquireAttempt } from '../../jobs/inquire-attempt.ts';
import { signedInAgent } from '../../testing/factories.ts';
import { type PaymentApp, paymentApp } from '../../testing/payments.ts';
import { queuedJobs } from '../../testing/subscriptions.ts';
import { raiseAnomaly } from '../payments/raise-anomalies.ts';

let test: PaymentApp;
let agent: Awaited<ReturnType<typeof signedInAgent>>;
let today: string;
beforeAll(async () => {
  test = await paymentApp();
  agent = await signedInAgent(test, { role: 'finance', name: 'Samir Lahlou' });
  today = casablancaDate(new Date());
});

type Provider = 'cmi' | 'fatourati' | 'amanpay';
const giveTo = (provider: Provider, content: string | Buffer, day = today) =>
  test.app.inject({
    method: 'POST',
    url: '/api/v1/finance/settlement-files',
    query: { provider, day },
    headers: { ...agent.headers, 'content-type': 'text/csv' },
    payload: content,
  });
const give = async (provider: Provider, content: string): Promise<SettlementReport> => {
  const answer = await giveTo(provider, content);
  if (answer.statusCode !== 200) throw new Error(answer.body);
  return answer.json<SettlementReport>();
};
const get = async <T>(path: string) =>
  (await test.app.inject({ url: `/api/v1/finance${path}`, headers: agent.headers })).json<T>();

const heads = {
  cmi: 'OID;TRANSID;TYPE;AMOUNT;CURRENCY;DATE',
  amanpay: 'orderId;transactionId;method;status;amount;currency;occurredAt',
};
const cmiFile = (...lines: string[]) => [heads.cmi, ...lines, ''].join('\n');
const amanpayFile = (...lines: string[]) => [heads.amanpay, ...lines, ''].join('\n');

/** A card that is paid and captured; CMI's line about it. */
async function paidCard() {
  const bills = await test.bill();
  const order = await test.order(bills);
  await test.visit(order);
  const reference = await test.referenceOf(order.id);
  const { entry } = await test.desk('cmi', reference, 'pay');
  await test.sweep();
  return { order, bills, reference, line: `${reference};${entry.transactionId};SALE;840.00;504;20261121` };
}
const gapsOf = ({ anomalies }: SettlementReport, reference: string) =>
  anomalies
    .filter(({ subject }) => subject.includes(reference))
    .map(({ kind, ours, theirs }) => ({ kind, ours, theirs }));
const openGaps = async (reference: string) =>
  await test.rows<{ kind: string }>(
    sql`select kind from payment_anomalies where subject like ${`%${reference}%`} and closed_at is null`,
  );

describe('a file of CMI', () => {
  it('that shows what we have has no gap; the same bytes again change nothing', async () => {
    const { reference, line } = await paidCard();
    const report = await give('cmi', cmiFile(line));
    expect(report).toMatchObject({
      rows: 1,
      matched: 1,
      faults: [],
      givenBy: 'Samir Lahlou',
      repeated: false,
    });
    expect(gapsOf(report, reference)).toEqual([]);
    const again = await give('cmi', cmiFile(line));
    expect(again).toMatchObject({ id: report.id, repeated: true });
    expect((await get<SettlementReport>(`/settlement-files/${report.id}`)).sha256).toBe(report.sha256);
  });

  it('given twice at once is one file', async () => {
    const { line } = await paidCard();
    const reports = await Promise.all([1, 2, 3].map(() => give('cmi', cmiFile(line))));
    expect(new Set(reports.map(({ id }) => id)).size).toBe(1);
    expect(reports.filter(({ repeated }) => !repeated)).toHaveLength(1);
  });

  it('shows other amounts, unknown references and money that we ended as given back', async () => {
    const { reference, line } = await paidCard();
    const other = await paidCard();
    const report = await give(
      'cmi',
      cmiFile(
        line.replace('840.00', '480.00'),
        other.line,
        other.line.replace('SALE', 'CREDIT').replace(';26', ';CREDIT-26'),
        'PN-9999999999-1;X1;SALE;12.00;504;20261121',
      ),
    );
    expect(gapsOf(report, reference)).toEqual([{ kind: 'gap_amount', ours: '840.00', theirs: '480.00' }]);
    expect(gapsOf(report, other.reference)).toEqual([
      { kind: 'gap_state', ours: '840.00', theirs: '840.00' },
    ]);
    expect(gapsOf(report, 'PN-9999999999-1')).toEqual([
      { kind: 'gap_missing_here', ours: null, theirs: '12.00' },
    ]);
    expect(report).toMatchObject({ rows: 4, matched: 1 });
  });

  it('tells what it lacks, until a later file shows it', async () => {
    const { reference, line } = await paidCard();
    const report = await give('cmi', cmiFile('PN-9999999998-1;X2;SALE;1.00;504;20261121'));
    expect(gapsOf(report, reference)).toEqual([{ kind: 'gap_missing_there', ours: '840.00', theirs: null }]);
    const later = await give('cmi', cmiFile(line));
    expect(gapsOf(later, reference)).toEqual([]);
    expect(await openGaps(reference)).toEqual([]);
    const [closed] = (await get<SettlementReport>(`/settlement-files/${report.id}`)).anomalies.filter(
      ({ subject }) => subject.includes(reference),
    );
    expect(closed).toMatchObject({ closedBy: null, note: null });
    expect(closed?.closedAt).not.toBeNull();
  });

  it('with unread lines says of nothing that it is missing there', async () => {
    const { reference } = await paidCard();
    const report = await give(
      'cmi',
      cmiFile('PN-9999999997-1;X3;SALE;1.00;504;20261121', `${reference};T;SALE;a lot;504;`),
    );
    expect(report.faults).toEqual([{ line: 3, reason: 'wrong_amount' }]);
    expect(gapsOf(report, reference)).toEqual([]);
  });
});

describe('a payment that a file proves and that we ignored', () => {
  it('settles once the gateway confirms it, and not before', async () => {
    const bills = await test.bill();
    const order = await test.order(bills, { method: 'amanpay', channel: 'tashilat' });
    const reference = await test.referenceOf(order.id);
    await test.control('PUT', '/api/amanpay/mode', { callbacks: 'silent', calls: 1, reference });
    const { entry } = await test.desk('amanpay', reference, 'pay');
    const line = `${reference};${entry.transactionId};token;PAID;84000;MAD;2026-11-21T10:00:00Z`;
    const report = await give('amanpay', amanpayFile(line));
    expect(gapsOf(report, reference)).toEqual([{ kind: 'gap_missing_here', ours: null, theirs: '840.00' }]);
    expect((await test.read(order.id)).status).toBe('pending');
    const [attempt] = await test.rows<{ id: string }>(
      sql`select id from payment_attempts where reference = ${reference}`,
    );
    const job = { attemptId: attempt?.id ?? '', transactionId: entry.transactionId };
    expect(await queuedJobs(test, 'inquire-attempt', job)).toBe(1);
    await inquireAttempt(test.deps, job);
    expect((await test.read(order.id)).status).toBe('paid');
    expect(await openGaps(reference)).toEqual([]);
  });

  it('is not believed when the gateway knows nothing of it', async () => {
    const bills = await test.bill();
    const order = await test.order(bills, { method: 'amanpay', channel: 'tashilat' });
    const reference = await test.referenceOf(order.id);
    await give('amanpay', amanpayFile(`${reference};AP1;token;PAID;84000;MAD;2026-11-21T10:00:00Z`));
    const [attempt] = await test.rows<{ id: string }>(
      sql`select id from payment_attempts where reference = ${reference}`,
    );
    await inquireAttempt(test.deps, { attemptId: attempt?.id ?? '', transactionId: 'AP1' });
    expect((await test.read(order.id)).status).toBe('pending');
    expect(await openGaps(reference)).toEqual([{ kind: 'gap_missing_here' }]);
  });

  it('and was taken back (« rejet J+2 ») reopens the invoices by the gateway’s word', async () => {
    const bills = await test.bill();
    const order = await test.order(bills, { method: 'amanpay', channel: 'direct_debit' });
    await test.visit(order);
    const reference = await test.referenceOf(order.id);
    const { entry } = await test.desk('amanpay', reference, 'pay');
    expect((await test.read(order.id)).status).toBe('paid');
    await test.control('PUT', '/api/amanpay/mode', { callbacks: 'silent', calls: 1, reference });
    await test.desk('amanpay', reference, 'reverse');
    const line = (status: string) =>
      `${reference};${entry.transactionId};direct_debit;${status};84000;MAD;2026-11-21T10:00:00Z`;
    const report = await give('amanpay', amanpayFile(line('PAID'), line('REVERSED')));
    expect(gapsOf(report, reference)).toEqual([{ kind: 'gap_state', ours: '840.00', theirs: '840.00' }]);
    expect((await test.read(order.id)).status).toBe('paid');
    const [attempt] = await test.rows<{ id: string }>(
      sql`select id from payment_attempts where reference = ${reference}`,
    );
    await inquireAttempt(test.deps, { attemptId: attempt?.id ?? '' });
    expect((await test.read(order.id)).status).toBe('reversed');
    expect(await openGaps(reference)).toEqual([]);
  });
});

describe('what is no file', () => {
  it.each([
    ['not of this provider', 'a;b;c\n1;2;3\n', 422],
    ['no text', Buffer.from([0xff, 0xfe, 0x00]), 422],
  ])('%s is refused, and nothing is kept', async (_, content, status) => {
    const answer = await giveTo('cmi', content);
    expect(answer.statusCode).toBe(status);
    expect(answer.json()).toMatchObject({ code: 'settlement_file_refused' });
  });

  it('of a day to come, or of another type, is refused', async () => {
    expect((await giveTo('cmi', cmiFile(), '2099-01-01')).statusCode).toBe(422);
    const answer = await test.app.inject({
      method: 'POST',
      url: '/api/v1/finance/settlement-files?provider=cmi&day=2026-11-20',
      headers: { ...agent.headers, 'content-type': 'application/json' },
      payload: '{}',
    });
    expect(answer.statusCode).toBe(415);
  });
});

describe('two days whose files are alike', () => {
  const yesterday = casablancaDate(new Date(Date.now() - 86_400_000));
  const reportOf = async (content: string, day: string) => {
    const answer = await giveTo('cmi', content, day);
    expect(answer.statusCode).toBe(200);
    return answer.json<SettlementReport>();
  };

  it('are two files: an empty one of today tells what is missing today', async () => {
    await reportOf(cmiFile(), yesterday);
    const { reference } = await paidCard();
    const report = await reportOf(cmiFile(), today);
    expect(report).toMatchObject({ day: today, repeated: false });
    expect(gapsOf(report, reference)).toEqual([{ kind: 'gap_missing_there', ours: '840.00', theirs: null }]);
    expect(await reportOf(cmiFile(), today)).toMatchObject({ id: report.id, repeated: true });
  });

  it('a file given under a wrong day is given again under its own', async () => {
    const { line } = await paidCard();
    const wrong = await reportOf(cmiFile(line), yesterday);
    const right = await reportOf(cmiFile(line), today);
    expect(right).toMatchObject({ day: today, matched: 1, repeated: false });
    expect(right.id).not.toBe(wrong.id);
  });
});

describe('the daily check', () => {
  it('shows each missing file once, and takes it off when it comes', async () => {
    await checkSettlementFiles(test.deps);
    await checkSettlementFiles(test.deps);
    const yesterday = casablancaDate(new Date(Date.now() - 86_400_000));
    const missing = () => openGaps(`fatourati ${yesterday}`);
    expect(await missing()).toEqual([{ kind: 'file_missing' }]);
    const listed = await get<{ missing: { provider: string; day: string }[]; items: SettlementFile[] }>(
      '/settlement-files',
    );
    expect(listed.missing).toContainEqual({ provider: 'fatourati', day: yesterday });
    const head = 'orderId,tokenRef,fatouratiTransactionNumber,status,amount,currency,transactionDate';
    expect((await giveTo('fatourati', `${head}\n`, yesterday)).statusCode).toBe(200);
    expect(await missing()).toEqual([]);
  });
});

describe('an anomaly', () => {
  const shown = async (state: 'open' | 'closed', reference: string) =>
    (await get<{ items: Anomaly[] }>(`/anomalies?state=${state}&pageSize=100`)).items
      .filter(({ subject }) => subject.includes(reference))
      .toSorted((one, other) => one.raisedAt.localeCompare(other.raisedAt));
  const close = (anomaly: Anomaly | undefined, note = 'Frais retenus par CMI') =>
    test.app.inject({
      method: 'PUT',
      url: `/api/v1/finance/anomalies/${String(anomaly?.id)}/closure`,
      headers: agent.headers,
      payload: { note },
    });

  it('is closed once, with what was found', async () => {
    const { line, reference } = await paidCard();
    await give('cmi', cmiFile(line.replace('840.00', '8.40')));
    const [anomaly] = await shown('open', reference);
    const answers = await Promise.all([close(anomaly), close(anomaly), close(anomaly)]);
    expect(answers.map(({ statusCode }) => statusCode).toSorted((one, other) => one - other)).toEqual([
      200, 409, 409,
    ]);
    expect(await shown('closed', reference)).toMatchObject([
      { id: anomaly?.id, closedBy: 'Samir Lahlou', note: 'Frais retenus par CMI' },
    ]);
  });

  it('that a person closed stays closed while the same is found, and is shown anew with other figures', async () => {
    const { line, reference } = await paidCard();
    let day = 0;
    /** Another day's file says of the card what it cost; its own line makes other bytes of it. */
    const found = async (amount: string) => {
      day += 1;
      await give(
        'cmi',
        cmiFile(
          line.replace('840.00', amount),
          `PN-99999${String(day).padStart(5, '0')}-1;X;SALE;1.00;504;20261121`,
        ),
      );
      return (await shown('open', reference)).map(({ ours, theirs }) => [ours, theirs]);
    };
    expect(await found('8.40')).toEqual([['840.00', '8.40']]);
    // Open, it isn't written again.
    expect(await found('8.40')).toEqual([['840.00', '8.40']]);
    await close((await shown('open', reference))[0]);
    expect(await found('8.40')).toEqual([]);
    expect(await found('7.00')).toEqual([['840.00', '7.00']]);
    await close((await shown('open', reference))[0], 'Nouvelle erreur de CMI');
    expect(await found('7.00')).toEqual([]);
    expect(await found('8.40')).toEqual([]);
    expect((await shown('closed', reference)).map(({ note }) => note)).toEqual([
      'Frais retenus par CMI',
      'Nouvelle erreur de CMI',
    ]);
  });

  it('that explained itself is shown again when it comes back', async () => {
    const { line, reference } = await paidCard();
    await give('cmi', cmiFile(line.replace('840.00', '9.00')));
    await give('cmi', cmiFile(line, 'PN-9999900100-1;X;SALE;1.00;504;20261121'));
    expect(await shown('open', reference)).toEqual([]);
    await give('cmi', cmiFile(line.replace('840.00', '9.00'), 'PN-9999900101-1;X;SALE;1.00;504;20261121'));
    expect(await shown('open', reference)).toMatchObject([{ kind: 'gap_amount', theirs: '9.00' }]);
  });

  it('raised by many at once is one', async () => {
    const subject = 'cmi PN-9999900200-1';
    const raise = () =>
      raiseAnomaly(test.deps.database, { kind: 'unknown_attempt', subject, theirs: 84_000 }, new Date());
    await Promise.all(Array.from({ length: 10 }, raise));
    expect(await shown('open', subject)).toHaveLength(1);
  });
});
