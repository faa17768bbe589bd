import { describe, expect, it } from 'vitest';
import { DecideCustomsRequestBody } from './customs-requests.ts';
import { validate } from './issues.ts';

describe('DecideCustomsRequestBody', () => {
  const reasons = [{ about: { document: 'trade_register' }, cause: 'expired', text: '' }];
  const whole = { cause: 'other', text: 'Compte sous enquête.' };

  it.each([
    [{ outcome: 'accepted' }, []],
    [{ outcome: 'accepted', reason: '' }, []],
    [{ outcome: 'rejected', reasons }, reasons],
    [{ outcome: 'rejected', reason: ` ${whole.text} ` }, [whole]],
    [{ outcome: 'rejected', reasons, reason: whole.text }, [...reasons, whole]],
  ])('%j', (body, given) => {
    expect(validate(DecideCustomsRequestBody, body).value).toEqual({ outcome: body.outcome, reasons: given });
  });

  it.each([
    [{ outcome: 'rejected' }, ['/reasons required']],
    [{ outcome: 'rejected', reason: ' ' }, ['/reason required']],
    [{ outcome: 'accepted', reason: whole.text }, ['/reason forbidden']],
  ])('%j is refused', (body, told) => {
    const { issues } = validate(DecideCustomsRequestBody, body);
    expect(issues.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual(told);
  });
});
