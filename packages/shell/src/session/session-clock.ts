/** How far this machine's clock is from the server's, in milliseconds: a session's end is the server's instant. */
let skew = 0;

/** `fetch`, reading the server's clock from each answer on its way. */
export const clockedFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  const told = Date.parse(response.headers.get('date') ?? '');
  // The header has whole seconds: a smaller difference says nothing.
  if (!Number.isNaN(told)) skew = Math.abs(told - Date.now()) > 2000 ? told - Date.now() : 0;
  return response;
};

/** Milliseconds from now, by the server's clock, to an instant. */
export const millisecondsUntil = (instant: string): number => Date.parse(instant) - (Date.now() + skew);
