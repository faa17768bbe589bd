import { Button } from '@mantine/core';
import { authoritiesOpen, type Filing } from '@rnoce/schemas/filings';
import type { Subscription } from '@rnoce/schemas/subscriptions';
import { useT } from '@rnoce/ui/i18n';
import { Notice } from '@rnoce/ui/status-badge';
import { IconPencil } from '@tabler/icons-react';
import { paths } from '../paths.ts';
import { ReasonList } from './reason-list.tsx';
import { elementOf, stepOfElement } from './reasons.ts';
import { useRectification } from './use-rectification.ts';
import './next.css';

/** Why a filing came back, each reason leading to its place, and « Rectifier vos données »; of a joint request, for whom. */
export function Rectify({
  subscription: { id },
  filing,
  joint,
}: {
  subscription: Pick<Subscription, 'id'>;
  filing: Filing;
  joint: boolean;
}) {
  const t = useT();
  // The form may be open for the other authority alone: then it has neither the steps nor the documents of this one.
  const open = authoritiesOpen([filing]).length > 0;
  const { rectify, busy } = useRectification(id, open);
  const { authority, reasons } = filing;
  const label = joint
    ? t(
        open
          ? `subscriptions:filing.resume-rectification.${authority}`
          : `subscriptions:filing.rectify.${authority}`,
      )
    : t(open ? 'subscriptions:filing.resume-rectification' : 'subscriptions:filing.rectify');
  return (
    <div className="portal-next">
      <Notice
        tone="warning"
        title={t(joint ? `subscriptions:filing.incomplete.${authority}` : 'subscriptions:filing.incomplete')}
      >
        <ReasonList
          reasons={reasons}
          to={open ? (element) => paths.step(id, stepOfElement(element), element) : undefined}
          onOpen={(element) => void rectify(element)}
        />
      </Notice>
      <Button
        className="rnoce-no-print"
        aria-disabled={busy || undefined}
        leftSection={<IconPencil className="rnoce-icon" aria-hidden />}
        onClick={() => {
          const next = reasons.find(({ changed }) => !changed) ?? reasons[0];
          void rectify(elementOf(next?.about));
        }}
      >
        {label}
      </Button>
    </div>
  );
}
