// A running self-help site: what every test of it starts from.
import { spawn } from 'node:child_process';

/** Starts `fairway-selfhelp demo` on a port the system chooses. */
export async function startSelfHelp() {
  const child = spawn(process.env.FAIRWAY_SELFHELP_BINARY ?? 'target/debug/fairway-selfhelp', ['demo', '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'inherit'] });
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
