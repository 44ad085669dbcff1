import { formOf } from '@number-orders/contract';
import { placeFaults } from '../../src/intake/page/place-faults';
import { requirementsOf } from './models';

const form = formOf(requirementsOf('AU MOBILE'));
const data = [[{}, {}, {}], {}, {}];
const placed = (field: string) => placeFaults(form, data, [{ field, description: 'is wrong' }]);

describe('a violation of a registration', () => {
  it.each([
    'requestDetails.data[1].city',
    'data[1].city',
    'data.1.city',
    '/requestDetails/data/1/city',
    '[1].city',
    '1.city',
    'companyDetails.city',
    'city',
  ])('is shown beside its input if its path is written as %s', (field) => {
    expect(placed(field).at(1, 0, 'city')).toHaveLength(1);
    expect(placed(field).elsewhere).toEqual([]);
  });

  it.each(['requestDetails.data[0][2].senderId', 'data.0.2.senderId', '/data/0/2/senderId'])(
    'is shown in its own object of a repeated section if its path is written as %s',
    (field) => {
      expect(placed(field).at(0, 2, 'senderId')).toHaveLength(1);
    },
  );

  it('is shown in the single object that stands for several numbers', () => {
    expect(placed('data[0][7].senderId').at(0, 0, 'senderId')).toHaveLength(1);
  });

  it.each(['', 'requestDetails', 'requestDetails.data', 'data[1]', 'data[1].unknown', 'data[[[[', '...'])(
    'is shown above the form if its path is unknown: %j',
    (field) => {
      expect(placed(field).elsewhere).toHaveLength(1);
    },
  );

  it('is shown in its place when there are several', () => {
    const faults = ['data[1].city', 'data[1].city', 'data[2].firstName', '?'].map((field) => ({ field }));
    const { at, elsewhere } = placeFaults(form, data, faults);
    expect([at(1, 0, 'city').length, at(2, 0, 'firstName').length, elsewhere.length]).toEqual([2, 1, 1]);
  });
});
