interface LoggedError {
  readonly type: string;
  readonly message: string;
  readonly stack: string;
  readonly [detail: string]: unknown;
}

/** What PostgreSQL tells of an error without quoting a row. */
const safeDetails = ['code', 'severity', 'schema', 'table', 'column', 'constraint', 'routine'] as const;
/** Errors of data (SQLSTATE class 22) quote the value that was wrong. */
const quotesValue = (code: unknown): boolean => typeof code === 'string' && /^22\w{3}$/.test(code);
const address = /[^\s"'<>(:;,]+@[^\s"'<>):;,]+/g;
const maxCauses = 5;

/** A failed query's message ends with its parameters: people's data, and secrets. */
const withoutValues = ({ message }: Error): string =>
  (message.split('\nparams:')[0] ?? '').replaceAll(address, '[e-mail]');

/** The places of the code alone: the lines before them repeat the message. */
const placesOf = ({ stack = '' }: Error): string =>
  stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');

/** An error as the log keeps it, with its causes: what failed and where, and nothing that people typed or that is stored of them. */
export function loggedError(error: unknown, depth = 0): LoggedError | undefined {
  if (!(error instanceof Error)) return undefined;
  const told: Readonly<Record<string, unknown>> = Object.fromEntries(Object.entries(error));
  const details = safeDetails.flatMap((name) =>
    typeof told[name] === 'string' ? [[name, told[name]] as const] : [],
  );
  const cause = depth < maxCauses ? loggedError(error.cause, depth + 1) : undefined;
  return {
    type: error.constructor.name,
    message: quotesValue(told.code) ? '[data]' : withoutValues(error),
    ...Object.fromEntries(details),
    stack: placesOf(error),
    ...(cause ? { cause } : {}),
  };
}
