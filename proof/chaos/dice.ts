import { randomFrom } from '../../fake-sinch/random';

/** Choices that the same seed makes again. */
export class Dice {
  private readonly next: () => number;

  constructor(seed: number) {
    this.next = randomFrom(seed);
  }

  /** @param likelihood 0 to 1 */
  chance(likelihood: number): boolean {
    return this.next() < likelihood;
  }

  between(least: number, most: number): number {
    return least + this.next() * (most - least);
  }

  wholeBetween(least: number, most: number): number {
    return Math.floor(this.between(least, most + 1));
  }

  /** One of the choices, each as likely as its weight says. */
  weighted<T>(choices: readonly (readonly [weight: number, choice: T])[]): T {
    let left = this.between(
      0,
      choices.reduce((sum, [weight]) => sum + weight, 0),
    );
    const found = choices.find(([weight]) => (left -= weight) < 0) ?? choices.at(-1);
    if (!found) throw new Error('There is nothing to choose from');
    return found[1];
  }
}
