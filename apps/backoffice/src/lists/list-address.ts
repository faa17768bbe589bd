/** The address with a filter changed; the first page again, unless it is the page that changes. Empty values are left out. */
export function withFilter(search: URLSearchParams, name: string, value: string): URLSearchParams {
  const next = new URLSearchParams(search);
  if (name !== 'page') next.delete('page');
  if (value === '' || (name === 'page' && value === '1')) next.delete(name);
  else next.set(name, value);
  return next;
}
