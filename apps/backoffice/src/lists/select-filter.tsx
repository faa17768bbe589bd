/** A filter with few values; `first` is what no value means. */
export function SelectFilter({
  label,
  first,
  value,
  choices,
  onChange,
}: {
  label: string;
  first: string;
  value: string;
  choices: readonly (readonly [value: string, text: string])[];
  onChange: (value: string) => void;
}) {
  return (
    <label className="backoffice-filter">
      <span>{label}</span>
      <select className="rnoce-input" value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        <option value="">{first}</option>
        {choices.map(([choice, text]) => (
          <option key={choice} value={choice}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
