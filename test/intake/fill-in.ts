import type { Page } from 'playwright-core';

/** As a person would, by what is written beside the inputs. */
export async function fillInAustralian(page: Page, changes: Record<string, string> = {}): Promise<void> {
  await page.getByLabel('Purpose of the traffic').selectOption('One Time Password');
  await page.getByLabel('Intended use of mobile numbers').fill('Transactional');
  await page.getByLabel('I confirm that my business').check();
  await page.getByLabel('State').selectOption('VIC');
  const texts = {
    'End business name': 'Example Pty Ltd',
    'End business address': '1 Example Street',
    City: 'Melbourne',
    Country: 'AU',
    'Postal code': '3000',
    'First name': 'Alex',
    'Last name': 'Example',
    'Phone number': '+61491570156',
    ...changes,
  };
  for (const [label, text] of Object.entries(texts)) await page.getByLabel(label, { exact: true }).fill(text);
}

/** A file of some bytes, as if it were chosen. */
export const chosen = (
  name: string,
  content: string | Buffer = `%PDF-1.7 ${Math.random()}`,
  mimeType = 'application/pdf',
) => ({
  name,
  mimeType,
  buffer: Buffer.from(content),
});
