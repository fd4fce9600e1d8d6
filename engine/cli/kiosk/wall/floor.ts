/** What the parts of a wall's room use of it. */
import type { Client } from '@colyseus/core';
import type { Conductor } from '../../../together/conductor.ts';
import type { Region } from '../../../together/geometry.ts';
import type { FromServer, Join, ToServer } from '../../../together/messages.ts';
import type { WallSetup } from './setup.ts';

/** A member's connection. */
export interface WallClient extends Client {
  userData?: { readonly member: number; readonly join: Join };
}

export interface WallFloor {
  readonly conductor: Conductor;
  readonly setup: WallSetup;
  /** Sends to one member, if it is present. */
  tell<Name extends keyof FromServer>(member: number, name: Name, message: FromServer[Name]): void;
  /** Sends to all present members of a role. */
  tellAll<Name extends keyof FromServer>(role: Join['role'], name: Name, message: FromServer[Name]): void;
  /** Ends the connection of a member. */
  drop(member: number, reason: string): void;
  /** Tells everybody whether the wall is frozen or closed. */
  tellFrozen(): void;
  keepState(): Promise<void>;
  /** The part of the canvas of a screen, by its number; null if there is no such screen. */
  regionOf(screen: number | undefined): Region | null;
}

/** Handles the messages of a name. Messages that do not fit their schema never come here. */
export type Listen = <Name extends keyof ToServer>(
  name: Name,
  handle: (client: WallClient, message: ToServer[Name], member: number) => void,
) => void;

/** Follows what happens in the room. */
export interface RoomWatch {
  opened(floor: WallFloor): void;
  /** A screen has joined. */
  joined(member: number): void;
  /** What was written down of each author: everything up to this number. */
  taken(taken: Readonly<Record<string, number>>): void;
  /** The leader has sent tiles of the map for phones. */
  mapped(map: ToServer['map']): void;
  closed(): void;
}
