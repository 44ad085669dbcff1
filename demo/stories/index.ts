import { bold, print } from '../../local/terminal';
import { ToldError } from '../../local/told-error';
import { allHold, printClaims, type Claim } from '../../local/verdict';
import type { Scene } from '../scene';
import { blocked } from './blocked';
import { cancelled } from './cancelled';
import { lapsedEarly } from './lapsed-early';
import { linkingFailed } from './linking-failed';
import { lostCreation } from './lost-creation';
import { numberTaken } from './number-taken';
import { refusedRegistration } from './refused-registration';
import { rejected } from './rejected';
import { renewed } from './renewed';
import type { Story } from './story';
import { unclearSubmit } from './unclear-submit';

export type { Story } from './story';

const STORIES: readonly Story[] = [
  lostCreation,
  numberTaken,
  unclearSubmit,
  refusedRegistration,
  blocked,
  rejected,
  renewed,
  lapsedEarly,
  cancelled,
  linkingFailed,
];

export function printStories(): void {
  print(...STORIES.map(({ row, title }) => `  ${String(row).padStart(2)}  ${title}`));
}

/** @throws {ToldError} */
export function storyOf(row: string): Story {
  const story = STORIES.find((candidate) => String(candidate.row) === row);
  if (story) return story;
  throw new ToldError(`--story must be one of ${STORIES.map((each) => each.row).join(', ')}, or list.`);
}

/** True: the fake Sinch's audit says that it went as told. */
export async function playStory({ row, title, prologue, tell }: Story, scene: Scene): Promise<boolean> {
  print(bold(`${row}. ${title}`), ...wrapped(prologue), '');
  const claims = [...(await tell(scene)), await noneSubmittedTwice(scene)];
  printClaims('Verdict of the fake Sinch', claims);
  return allHold(claims);
}

async function noneSubmittedTwice({ sinch }: Scene): Promise<Claim> {
  const { orders } = await sinch.audit();
  return { claim: 'no order was submitted twice', ok: orders.every(({ submits }) => submits <= 1) };
}

function wrapped(text: string): string[] {
  return text.match(/.{1,98}(\s|$)/g)?.map((line) => `   ${line.trimEnd()}`) ?? [];
}
