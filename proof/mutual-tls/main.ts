import { runPlay } from '../cluster/acts';
import { Trial } from './trial';

runPlay({
  usage: `npm run mutual-tls                       mutual TLS for Temporal, with valid, wrong, expired and renewed certificates
npm run mutual-tls -- --report <file>    write what must hold, and whether it did, as JSON`,
  logs: 'mutual-tls',
  devServer: false,
  mutualTls: true,
  acts: async (opened, { processes }) => {
    const trial = await Trial.of(opened, processes);
    try {
      await trial.anOrderCompletes();
      await trial.wrongCertificatesAreRefused();
      await trial.aCertificateRunsOut();
      await trial.aCertificateIsRenewed();
      return trial.claims;
    } finally {
      await trial.close();
    }
  },
});
