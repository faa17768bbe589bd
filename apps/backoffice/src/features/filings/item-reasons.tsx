import type { VerdictItem } from '@rnoce/schemas/filings';
import { useItemLabel } from '../../dossiers/item-label.ts';
import { Reasons } from '../../dossiers/item-verdict.tsx';
import { RefusalForm } from '../../dossiers/refusal-form.tsx';
import type { Judging } from './use-judging.ts';
import { reasonsOf } from './verdict-draft.ts';

/** Why an item is refused: the form that asks, while it is being written, else what was said. */
export function ItemReasons({ item, judging }: { item: VerdictItem; judging: Judging }) {
  const labelOf = useItemLabel();
  const reasons = reasonsOf(judging.verdict, item);
  if (judging.refusing !== item) return <Reasons reasons={reasons} />;
  return (
    <RefusalForm
      key={item}
      label={labelOf(item)}
      initial={reasons[0]}
      unkept={judging.unkept.find((refusal) => refusal.item === item)}
      onWrite={(cause, text) => judging.write({ item, cause, text })}
      onRefuse={judging.refuse}
      onCancel={judging.cancelRefusal}
    />
  );
}
