// Loaded before each process that `start` launches. Its standard input is a pipe nobody writes to: it closes when the
// launcher dies, even killed, and the process then stops as if asked to. Nothing is left holding a port.
process.stdin.on('error', () => {});
process.stdin.on('end', () => process.kill(process.pid, 'SIGTERM'));
process.stdin.resume();
// By itself it keeps no process alive.
/** @type {import('node:net').Socket} */ (process.stdin).unref?.();
