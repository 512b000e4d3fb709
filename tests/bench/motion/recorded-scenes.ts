/** Minutes of recording made of the simulator's scenes: no camera, no waiting, the recorder's own file format. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { writeFragment } from "../../../electron/drivers/fmp4/fragment.ts";
import { writeInitSegment } from "../../../electron/drivers/fmp4/init-segment.ts";
import { describeVideo } from "../../../electron/drivers/fmp4/video-config.ts";
import { OpenRecording } from "../../../electron/media/recording/open-recording.ts";
import { recordingPath } from "../../../electron/media/recording/recording-names.ts";
import type { StreamFragment } from "../../../electron/media/fragment-stream.ts";
import { loadScene } from "../../../electron/simulator/scenes/load-scene.ts";
import type { SceneName, VideoFrame, VideoTrack } from "../../../electron/simulator/scenes/scene.ts";
import type { ChannelId } from "../../../shared/base/ids.ts";

/** Scenes in H.264: what every computer decodes. */
const names: readonly SceneName[] = [
  "gate",
  "lobby",
  "car-park",
  "corridor",
  "roof",
  "server-room",
  "perimeter",
];
const timescale = 90_000;

export interface RecordedMinute {
  readonly path: string;
  readonly startAt: number;
  readonly endAt: number;
  readonly bytes: number;
}

/** Writes so many minutes, a file each, one scene after the other; the main stream, 1280×720 at 15 pictures a second. */
export async function recordScenes(
  root: string,
  scenesFolder: string,
  order: { readonly channelId: ChannelId; readonly startAt: number; readonly minutes: number },
): Promise<readonly RecordedMinute[]> {
  const tracks: VideoTrack[] = [];
  for (const name of names) tracks.push((await loadScene(name, scenesFolder)).main.video);
  const made: RecordedMinute[] = [];
  for (let minute = 0; minute < order.minutes; minute += 1) {
    const track = tracks[minute % tracks.length];
    if (track === undefined) throw new Error("no scene");
    const startAt = order.startAt + minute * 60_000;
    const file = recordingPath(order.channelId, "main", startAt, 0);
    const bytes = await writeMinute(track, startAt);
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), bytes);
    made.push({ path: file, startAt, endAt: startAt + 60_000, bytes: bytes.length });
  }
  return made;
}

async function writeMinute(track: VideoTrack, startAt: number): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  const [sps, pps] = track.parameterSets;
  if (sps === undefined || pps === undefined) throw new Error("no parameter sets");
  const described = describeVideo({
    codec: "H264",
    videoSets: [],
    sequenceSets: [sps],
    pictureSets: [pps],
    activeSequenceSet: sps,
  });
  const fragments = track.frames.map((frame, index) => fragmentOf(track, frame, index, startAt));
  const [first] = fragments;
  if (first === undefined) throw new Error("no pictures");
  const open = new OpenRecording({
    init: writeInitSegment(described, undefined),
    first,
    writer: {
      append: (some) => void parts.push(...some),
      close: async (trailer) => void (trailer && parts.push(trailer)),
      giveUpWhenLate: () => undefined,
    },
  });
  for (const fragment of fragments) open.add(fragment, 0);
  await open.close();
  return Buffer.concat(parts);
}

function fragmentOf(track: VideoTrack, frame: VideoFrame, index: number, startAt: number): StreamFragment {
  const step = timescale / track.fps;
  const decodeTime = index * step;
  const presentation = (index + frame.displayOffset) * step;
  const bytes = Buffer.concat(
    frame.nals.flatMap((nal) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(nal.length);
      return [length, nal];
    }),
  );
  const sample = {
    bytes,
    duration: step,
    compositionOffset: presentation - decodeTime,
    isSync: frame.isKeyframe,
  };
  return {
    track: "video",
    epoch: 1,
    bytes: writeFragment(index + 1, { trackId: 1, decodeTime, samples: [sample] }),
    isKeyframe: frame.isKeyframe,
    presentationS: presentation / timescale,
    durationS: 1 / track.fps,
    capturedAt: startAt + (presentation / timescale) * 1_000,
  };
}
