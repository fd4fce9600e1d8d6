/** The figures of a wall for Prometheus. */
import type { Gauge } from 'prom-client';
import type { MemberView } from '../../../together/messages.ts';
import type { HandsReport, WallReport } from './wall-book.ts';

type MakeGauge = (name: string, help: string, labelNames?: readonly string[]) => Gauge;

const ROOM: Readonly<Record<string, readonly [help: string, figure: (wall: WallReport) => number]>> = {
  wall_step: ['Steps of the wall', ({ step }) => step],
  wall_steps_per_second: ['Steps a second that the wall aims at', ({ stepsPerSecond }) => stepsPerSecond],
  wall_frozen: ['1 while the operator has frozen the wall', ({ isFrozen }) => Number(isFrozen)],
  wall_entries: ['Changes to the canvas since the server was started', ({ entries }) => entries],
  wall_digests_compared: ['Steps at which digests of several screens were compared', ({ digests }) => digests.compared],
  wall_digests_equal: ['Steps at which all digests were equal', ({ digests }) => digests.equal],
};

const HANDS: Readonly<Record<string, readonly [help: string, figure: (hands: HandsReport) => number | null]>> = {
  wall_hands: ['Phones that take part', ({ present }) => present],
  wall_hands_most: ['Phones that may take part at the same time', ({ most }) => most],
  wall_hands_joined: ['Times that a phone has joined since the server was started', ({ joined }) => joined],
  wall_hand_events: ['Events of phones that were taken since the server was started', ({ events }) => events],
  wall_hand_round_trip_milliseconds: [
    'Time of a message to a phone and back, of the phone in the middle',
    ({ roundTripMilliseconds }) => roundTripMilliseconds?.median ?? null,
  ],
  wall_hand_round_trip_most_milliseconds: [
    'Time of a message to a phone and back, of the slowest phone',
    ({ roundTripMilliseconds }) => roundTripMilliseconds?.most ?? null,
  ],
};

const SCREEN: Readonly<Record<string, readonly [help: string, figure: (screen: MemberView) => number | null]>> = {
  wall_screen_present: ['1 if the screen takes part', ({ isPresent }) => Number(isPresent)],
  wall_screen_step: ['The step that the screen shows', ({ step }) => step],
  wall_screen_lag_steps: ['Steps that the screen is behind the room', ({ lagSteps }) => lagSteps],
  wall_screen_late_milliseconds: [
    'How late the latest of the last frames was shown',
    ({ lateMilliseconds }) => lateMilliseconds,
  ],
  wall_screen_frames_per_second: ['Frames a second of the screen', ({ framesPerSecond }) => framesPerSecond],
  wall_screen_agrees: [
    '1 if the last digest of the screen was that of the room',
    ({ agrees }) => (agrees === null ? null : Number(agrees)),
  ],
  wall_screen_follows: [
    '1 if the screen has another renderer than the leader, whose state it takes from time to time',
    ({ follows }) => Number(follows),
  ],
};

/** Adds the wall's figures. What is not known is left out. */
export function gaugeWall(gauge: MakeGauge, wall: WallReport): void {
  // Each process has phones of its own.
  if (wall.hands) gaugeHands(gauge, wall.hands);
  // Only one process holds the room; the others would contradict it.
  if (!wall.isHere) return;
  for (const [name, [help, figure]] of Object.entries(ROOM)) gauge(name, help).set(figure(wall));
  const screens = wall.members.filter(({ role, screen }) => role === 'screen' && screen !== null);
  for (const [name, [help, figure]] of Object.entries(SCREEN)) {
    const labelled = gauge(name, help, ['screen']);
    for (const screen of screens) {
      const value = figure(screen);
      if (value !== null) labelled.set({ screen: `${screen.screen ?? 0}` }, value);
    }
  }
}

function gaugeHands(gauge: MakeGauge, hands: HandsReport): void {
  for (const [name, [help, figure]] of Object.entries(HANDS)) {
    const value = figure(hands);
    if (value !== null) gauge(name, help).set(value);
  }
  const refused = gauge('wall_hands_refused', 'Phones that were refused or sent away, by the reason', ['why']);
  for (const [why, count] of Object.entries(hands.refused)) refused.set({ why }, count);
}
