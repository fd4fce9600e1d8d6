/**
 * Lets many hands draw at once on a real server, and checks that each of their events reaches a screen, once and in order.
 * Usage: npx tsx engine/cli/kiosk/wall/hands/load.ts --hands 50 --seconds 30
 */
import { parseWhole } from '../../../../command-line/arguments.ts';
import { parseCommandLine, runCommand, UserError } from '../../../../command-line/command.ts';
import { describeLoad } from './describe-load.ts';
import { type Load, measureLoad } from './measure-load.ts';

const HELP = `Usage: npx tsx engine/cli/kiosk/wall/hands/load.ts [options]

Lets many hands draw at once on a real server, with a screen that has no picture,
and prints what was lost, the time from a hand to the screen, the server's share
of a core (on Linux), and the traffic.

Options:
  --hands N     50 by default
  --events N    events of each hand in a second, 60 by default
  --seconds N   30 by default
  --help        shows this text`;

await runCommand(async (args) => {
  const { values } = parseCommandLine({
    args,
    options: {
      hands: { type: 'string', default: '50' },
      events: { type: 'string', default: '60' },
      seconds: { type: 'string', default: '30' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const load: Load = {
    hands: parseWhole(values.hands, '--hands', 1),
    events: parseWhole(values.events, '--events', 1),
    seconds: parseWhole(values.seconds, '--seconds', 1),
  };
  const figures = await measureLoad(load);
  console.log(describeLoad(load, figures));
  if (figures.lost > 0 || figures.disordered > 0) throw new UserError('Events were lost or out of order.');
});
