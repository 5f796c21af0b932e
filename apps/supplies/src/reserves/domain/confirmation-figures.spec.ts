import { RESERVE_MODES } from '@ledger/contracts';
import { figureFaults, type Figures } from './confirmation-figures';

const NOTHING: Figures = {
  stockBase: null,
  ratePerDay: null,
  startUpHours: null,
  keyInputs: null,
  keyInputsLevel: null,
};
const PLANT: Figures = { ...NOTHING, ratePerDay: 0, startUpHours: 0, keyInputs: '布料', keyInputsLevel: 'tight' };

describe('a confirmation', () => {
  it('of a plant names rate, start-up time and key inputs, and what is finished if it likes', () => {
    expect(figureFaults('capacity', PLANT)).toEqual([]);
    expect(figureFaults('capacity', { ...PLANT, stockBase: 5 })).toEqual([]);
    const missing = figureFaults('capacity', NOTHING).map(({ pointer }) => pointer);
    expect(missing).toEqual(['/ratePerDay', '/startUpHours', '/keyInputsLevel']);
  });

  it.each(RESERVE_MODES.filter((mode) => mode !== 'capacity'))(
    'of %s reserve names the stock and nothing else',
    (mode) => {
      expect(figureFaults(mode, { ...NOTHING, stockBase: 0 })).toEqual([]);
      expect(figureFaults(mode, NOTHING).map(({ pointer }) => pointer)).toEqual(['/stockBase']);
      const foreign = figureFaults(mode, { ...PLANT, stockBase: 1 }).map(({ pointer }) => pointer);
      expect(foreign).toEqual(['/ratePerDay', '/startUpHours', '/keyInputs', '/keyInputsLevel']);
    },
  );
});
