/** A day of a filter, by the browser's own calendar; it goes into the address once it is whole. */
export function DateFilter({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (day: string) => void;
}) {
  return (
    <label className="backoffice-filter">
      <span>{label}</span>
      <input
        type="date"
        className="rnoce-input rnoce-tabular"
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </label>
  );
}
