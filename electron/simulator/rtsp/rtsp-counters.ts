/** What one path has sent: the truth that a console's "live" is checked against. */
export interface PathCounters {
  /** Sessions that play it now. */
  playing: number;
  framesSent: number;
  packetsSent: number;
  /** When the last video frame was handed to a socket (ms UTC), whoever the client was. */
  lastFrameSentAt: number | undefined;
  /** When that frame was captured: its stamp. */
  lastFrameCapturedAt: number | undefined;
}

/** Counts of one RTSP server since it was started; tests assert on them. */
export interface RtspCounters {
  connections: number;
  /** Connections open now. */
  connected: number;
  requests: Map<string, number>;
  badRequests: number;
  /** Requests with a login that was wrong. */
  refusedLogins: number;
  sessionsOpened: number;
  /** Sessions set up and not yet ended. */
  sessions: number;
  sessionsTimedOut: number;
  slowClientsDropped: number;
  framesSent: number;
  packetsSent: number;
  bytesSent: number;
  senderReports: number;
  /** RTCP packets clients sent. */
  receiverReports: number;
  paths: Map<string, PathCounters>;
}

/** All zero. */
export function newRtspCounters(): RtspCounters {
  return {
    connections: 0,
    connected: 0,
    requests: new Map(),
    badRequests: 0,
    refusedLogins: 0,
    sessionsOpened: 0,
    sessions: 0,
    sessionsTimedOut: 0,
    slowClientsDropped: 0,
    framesSent: 0,
    packetsSent: 0,
    bytesSent: 0,
    senderReports: 0,
    receiverReports: 0,
    paths: new Map(),
  };
}

/** The counters of one path, made when first asked for. */
export function pathCounters(counters: RtspCounters, path: string): PathCounters {
  let found = counters.paths.get(path);
  if (found === undefined) {
    found = {
      playing: 0,
      framesSent: 0,
      packetsSent: 0,
      lastFrameSentAt: undefined,
      lastFrameCapturedAt: undefined,
    };
    counters.paths.set(path, found);
  }
  return found;
}
