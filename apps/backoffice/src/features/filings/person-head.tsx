import type { Dossier, VerdictItem } from '@rnoce/schemas/filings';
import type { ListSection } from '@rnoce/schemas/sections';
import { useT } from '@rnoce/ui/i18n';
import { IconWritingSign } from '@tabler/icons-react';
import { type Named, personName } from '../../dossiers/field-value.tsx';
import { useItemLabel } from '../../dossiers/item-label.ts';
import { ItemMark, ItemVerdict } from '../../dossiers/item-verdict.tsx';
import { ItemReasons } from './item-reasons.tsx';
import type { Judging } from './use-judging.ts';

/** Who a person of the form is, what they are besides, and the word on them as a whole where they are judged so. */
export function PersonHead({
  section,
  person,
  place,
  dossier,
  judging,
  unknown,
}: {
  section: ListSection;
  person: Named & { readonly key?: string | null | undefined };
  /** `singleWindowUsers.0`. */
  place: VerdictItem;
  dossier: Dossier;
  judging: Judging;
  /** BADR has managers, and not this one. */
  unknown: boolean;
}) {
  const t = useT();
  const labelOf = useItemLabel();
  const { editable, preparing, current, stateOf } = judging;
  const state = stateOf(place);
  const whole = judging.items.fields.has(place);
  const representative = dossier.sections.legalRepresentative?.manager;
  return (
    <>
      <div
        className="backoffice-person-head"
        data-current={(whole && editable && place === current) || undefined}
      >
        <h3>
          {whole && (preparing || state === 'refused') ? <ItemMark state={state} /> : null}
          {t('desk:dossier.item-title', { item: labelOf(place) })} <bdi>{personName(person)}</bdi>
        </h3>
        {section === 'managers' && person.key && person.key === representative ? (
          <span className="backoffice-representative">
            <IconWritingSign className="rnoce-icon" aria-hidden />
            {t('reference:legalRepresentative.manager')}
          </span>
        ) : null}
        {whole && editable ? (
          <ItemVerdict
            item={place}
            label={labelOf(place)}
            state={judging.wordOn(place)}
            onAccept={judging.accept}
            onRefuse={judging.beginRefusal}
          />
        ) : null}
      </div>
      {whole ? <ItemReasons item={place} judging={judging} /> : null}
      {unknown ? <p className="rnoce-hint">{t('desk:badr.manager-unknown')}</p> : null}
    </>
  );
}
