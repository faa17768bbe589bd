import { Worker } from 'node:worker_threads';

/** All workers are taken and the queue is full, or its head has waited too long: worth trying again shortly. */
export class WorkersBusy extends Error {
  /** When to try again, in seconds: the value of `Retry-After`. */
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number) {
    super('Too many orders wait for a worker');
    this.name = 'WorkersBusy';
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** The workers themselves don't work, which says nothing of the order. */
export class WorkersUnavailable extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'WorkersUnavailable';
  }
}

/** How a worker ended before it answered: out of its time, or of itself (memory, a crash). */
export type WorkerDeath = 'timeout' | 'crash';

export interface WorkerPoolOptions<Order, Report> {
  readonly script: URL;
  readonly workers: number;
  /** Milliseconds that a worker has for one order before it is killed. */
  readonly timeoutMs: number;
  /** Milliseconds that an order may wait for a worker. */
  readonly maxWaitMs: number;
  /** Orders waiting beyond which others are turned away. */
  readonly queueLimit: number;
  /** Orders after which a worker is replaced, with all that its libraries kept. */
  readonly ordersPerWorker: number;
  readonly maxOldGenerationMb: number;
  readonly isReady: (report: Report) => boolean;
  /** What is answered for an order whose worker died. */
  readonly onDeath: (death: WorkerDeath) => Report;
  /** The order, and what of it is given away; called when a worker takes it, not while it waits. */
  readonly pack?: (order: Order) => { message: unknown; transfer: ArrayBuffer[] };
}

interface Job<Order, Report> {
  readonly order: Order;
  readonly resolve: (report: Report) => void;
  readonly reject: (error: Error) => void;
  readonly waiting: NodeJS.Timeout;
}

interface Seat<Order, Report> {
  readonly worker: Worker;
  ready: boolean;
  done: number;
  job: Job<Order, Report> | undefined;
  timer: NodeJS.Timeout | undefined;
}

const MAX_FAILED_STARTS = 3;

/**
 * A few worker threads with limited memory, each killed when it takes too long and replaced when it dies; and a
 * short queue before them.
 */
export class WorkerPool<Order, Report> {
  private readonly options: WorkerPoolOptions<Order, Report>;
  private readonly seats = new Set<Seat<Order, Report>>();
  private queue: Job<Order, Report>[] = [];
  private failedStarts = 0;
  private deaths = 0;
  private closing: Promise<void> | undefined;
  private whenIdle: (() => void) | undefined;

  constructor(options: WorkerPoolOptions<Order, Report>) {
    this.options = options;
  }

  /** How many orders run and wait now, and how many workers died on one since the start. */
  get state(): { readonly running: number; readonly waiting: number; readonly deaths: number } {
    let running = 0;
    for (const seat of this.seats) if (seat.job !== undefined) running += 1;
    return { running, waiting: this.queue.length, deaths: this.deaths };
  }

  /**
   * Has a worker carry out an order.
   *
   * @throws WorkersBusy when the queue is full, or the wait was too long.
   * @throws WorkersUnavailable when workers do not start, or the pool is closed.
   */
  run(order: Order): Promise<Report> {
    if (this.closing !== undefined) return Promise.reject(new WorkersUnavailable('The workers are closed'));
    if (this.queue.length >= this.options.queueLimit) return Promise.reject(this.busy());
    return new Promise((resolve, reject) => {
      const job: Job<Order, Report> = {
        order,
        resolve,
        reject,
        waiting: setTimeout(() => {
          this.queue = this.queue.filter((other) => other !== job);
          reject(this.busy());
        }, this.options.maxWaitMs),
      };
      this.queue.push(job);
      // Workers which could not start a while ago may now.
      if (this.seats.size === 0) this.failedStarts = 0;
      this.fill();
      this.assign();
    });
  }

  /** Starts a first worker ahead of the orders: on a busy machine its start may take longer than an order waits. */
  warm(): void {
    if (this.closing === undefined && this.seats.size === 0) this.start();
  }

  /** Turns waiting orders away, lets running ones end (within their time), and stops the workers. */
  close(): Promise<void> {
    this.closing ??= this.shut();
    return this.closing;
  }

  private busy(): WorkersBusy {
    return new WorkersBusy(Math.max(1, Math.ceil(this.options.timeoutMs / 1000)));
  }

  private async shut(): Promise<void> {
    this.refuseQueue(this.busy());
    if (this.state.running > 0) {
      await new Promise<void>((resolve) => {
        this.whenIdle = resolve;
      });
    }
    const seats = [...this.seats];
    this.seats.clear();
    await Promise.all(seats.map((seat) => seat.worker.terminate()));
  }

  private refuseQueue(error: Error): void {
    const refused = this.queue;
    this.queue = [];
    for (const job of refused) {
      clearTimeout(job.waiting);
      job.reject(error);
    }
  }

  /** Starts the workers that the waiting orders call for; none before the first order. */
  private fill(): void {
    let free = 0;
    for (const seat of this.seats) if (seat.job === undefined) free += 1;
    while (
      this.closing === undefined &&
      free < this.queue.length &&
      this.seats.size < this.options.workers &&
      this.failedStarts < MAX_FAILED_STARTS
    ) {
      this.start();
      free += 1;
    }
  }

  private start(): void {
    const worker = new Worker(this.options.script, {
      // A thread may read hostile files: it gets neither the settings nor the flags of the process.
      env: {},
      execArgv: [],
      resourceLimits: {
        maxOldGenerationSizeMb: this.options.maxOldGenerationMb,
        maxYoungGenerationSizeMb: 16,
      },
    });
    const seat: Seat<Order, Report> = { worker, ready: false, done: 0, job: undefined, timer: undefined };
    this.seats.add(seat);
    let failure: unknown;
    worker.on('message', (report: Report) => this.hear(seat, report));
    worker.on('error', (error) => {
      failure = error;
    });
    worker.on('exit', () => this.bury(seat, 'crash', failure));
    // Idle workers don't keep the process alive.
    worker.unref();
  }

  private assign(): void {
    for (const seat of this.seats) {
      if (this.queue.length === 0) return;
      if (!seat.ready || seat.job !== undefined) continue;
      const job = this.queue.shift();
      if (job === undefined) return;
      clearTimeout(job.waiting);
      seat.job = job;
      seat.worker.ref();
      seat.timer = setTimeout(() => this.bury(seat, 'timeout'), this.options.timeoutMs);
      const { message, transfer } = this.options.pack?.(job.order) ?? { message: job.order, transfer: [] };
      seat.worker.postMessage(message, transfer);
    }
  }

  private hear(seat: Seat<Order, Report>, report: Report): void {
    if (!this.seats.has(seat)) return;
    if (!seat.ready && this.options.isReady(report)) {
      seat.ready = true;
      this.failedStarts = 0;
      this.assign();
      return;
    }
    seat.done += 1;
    this.settle(seat, report);
    if (seat.done >= this.options.ordersPerWorker) this.retire(seat);
    this.assign();
  }

  private settle(seat: Seat<Order, Report>, report: Report): void {
    const { job } = seat;
    clearTimeout(seat.timer);
    seat.job = undefined;
    seat.worker.unref();
    job?.resolve(report);
    if (this.state.running === 0) this.whenIdle?.();
  }

  /** Ends a worker's service in good order; another takes its seat. */
  private retire(seat: Seat<Order, Report>): void {
    this.seats.delete(seat);
    void seat.worker.terminate();
    this.fill();
  }

  /** A worker died, or must: its order is answered for it, and another worker takes its seat. */
  private bury(seat: Seat<Order, Report>, death: WorkerDeath, failure?: unknown): void {
    if (!this.seats.delete(seat)) return;
    void seat.worker.terminate();
    if (!seat.ready) this.failedStarts += 1;
    if (seat.job !== undefined) {
      this.deaths += 1;
      this.settle(seat, this.options.onDeath(death));
    }
    this.fill();
    if (this.seats.size === 0) {
      this.refuseQueue(new WorkersUnavailable('The workers do not start', { cause: failure }));
    }
  }
}
