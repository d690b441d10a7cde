// A running self-help site: what every test of it starts from.
import { spawn } from 'node:child_process';

/** The program. */
export const program = process.env.FAIRWAY_SELFHELP_BINARY ?? 'target/debug/fairway-selfhelp';

/** Starts `fairway-selfhelp demo`, or another command, on a port the system chooses. */
export async function startSelfHelp(command = ['demo']) {
  const child = spawn(program, [...command, '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const address = await new Promise((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (chunk) => {
      said += chunk;
      const found = said.match(/http:\/\/\S+/);
      if (found) resolve(found[0]);
    });
    child.once('exit', (code) => reject(new Error(`fairway-selfhelp stopped: ${code}`)));
  });
  return {
    address,
    async stop() {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await gone;
    },
  };
}
