import { writeFileSync } from 'node:fs';

/** Loaded before a measured program: leaves what the process used, all threads of it, in the file `USAGE_FILE`. */
const file = process.env['USAGE_FILE'];
process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const seconds = process.uptime();
  if (file !== undefined) {
    const usage = { seconds, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakMiB: maxRSS / 1024 };
    writeFileSync(file, JSON.stringify(usage));
  }
});
