/** A JSON body as people read it, on several lines; what isn't JSON stays as it is. */
export function bodyText(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), undefined, 2);
  } catch {
    return body;
  }
}
