/** What was typed into a field of a form that is being sent, without blanks around; empty when there is no such field. */
export function typedText(form: HTMLFormElement, name: string): string {
  const value = new FormData(form).get(name);
  return typeof value === 'string' ? value.trim() : '';
}
