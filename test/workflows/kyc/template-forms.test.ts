import type { Registration } from '@number-orders/contract';
import {
  auMobile,
  auRegistration,
  COMPANY_REGISTRATION,
  deLocal,
  deRegistration,
  gbMobile,
  gbRegistration,
  PROOF_OF_ADDRESS,
  PROOF_OF_IDENTITY,
  proofOfIdentity,
  UTILITY_BILL,
} from '../../support/kyc';
import { standForAll } from '../../support/stands';
import { devServer } from '../../support/temporal';

const stand = standForAll(devServer);

const inCountry = (country: string) => ({
  ...auMobile,
  regionCode: country,
  registration: auRegistration({ country }),
});

describe('an order is completed for every form that the templates of its requirements have', () => {
  it.each<[string, typeof auMobile & { registration: Registration }, string[]]>([
    ['a list of properties', { ...auMobile, registration: auRegistration() }, [PROOF_OF_IDENTITY]],
    ['a list that is the template itself', inCountry('IT'), []],
    ['one template for all entries', inCountry('ES'), []],
    ['templates in another order than the entries', inCountry('NL'), []],
    ['plain JSON Schema', inCountry('SE'), []],
    [
      'properties by name with a list of the required ones',
      { ...deLocal, registration: deRegistration },
      [PROOF_OF_ADDRESS, COMPANY_REGISTRATION],
    ],
    ['a plain map', { ...gbMobile, registration: gbRegistration }, []],
  ])('%s', async (_form, order, attachmentIds) => {
    const reference = await stand.start(order);
    for (const attachmentId of attachmentIds) {
      const documentType = attachmentId === PROOF_OF_ADDRESS ? { documentType: UTILITY_BILL } : {};
      await stand.client.attach(reference, proofOfIdentity({ attachmentId, ...documentType }));
    }
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED', missing: [] });
  });
});
