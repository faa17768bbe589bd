/** In pixels. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** Ends the reading of an image with a refusal; never leaves this folder. */
export class ImageRefusal extends Error {
  readonly rule: 'unreadable' | 'too_complex';

  constructor(rule: 'unreadable' | 'too_complex') {
    super(`Image refused: ${rule}`);
    this.name = 'ImageRefusal';
    this.rule = rule;
  }
}

/** Refuses the image as `unreadable` unless the condition holds. */
export function requireSound(condition: boolean): asserts condition {
  if (!condition) throw new ImageRefusal('unreadable');
}
