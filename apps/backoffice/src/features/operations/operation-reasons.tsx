import { Reasons } from '../../dossiers/item-verdict.tsx';
import { RefusalForm } from '../../dossiers/refusal-form.tsx';
import { reasonsOf } from './request-verdict.ts';
import type { RequestJudging } from './use-operation.ts';

/** Whether there is something to say of an item's refusal. */
export const hasReasons = ({ refusing, reasonsOf }: RequestJudging, item: string): boolean =>
  refusing === item || reasonsOf(item).length > 0;

/** Why an item is refused: the form that asks, while it is being written, else what was said. */
export function OperationReasons({
  item,
  label,
  judging,
}: {
  item: string;
  label: string;
  judging: RequestJudging;
}) {
  if (judging.refusing !== item) return <Reasons reasons={judging.reasonsOf(item)} />;
  return (
    <RefusalForm
      key={item}
      label={label}
      initial={reasonsOf(judging.verdict, item)[0]}
      unkept={judging.unkept.find((refusal) => refusal.item === item)}
      onWrite={(cause, text) => judging.write({ item, cause, text })}
      onRefuse={(cause, text) => judging.keepRefusal(item, cause, text)}
      onCancel={() => judging.cancelRefusal(item)}
    />
  );
}
