import type { Clock } from "../../../shared/base/clock.ts";
import { SoapError } from "../soap/soap-error.ts";
import type { SoapClient } from "../soap/soap-client.ts";
import { all, at, escapeXml, textAt, type XmlElement } from "../soap/xml.ts";

const search = "http://www.onvif.org/ver10/search/wsdl";
const replay = "http://www.onvif.org/ver10/replay/wsdl";
const schema = "http://www.onvif.org/ver10/schema";

/** One recording that a device keeps itself, as far as its answer could be read. */
export interface KeptRecording {
  readonly token: string;
  /** What it was recorded from: mostly the token of a video source or of a profile. */
  readonly sourceId: string;
  /** From when to when there are pictures, by the device's clock, UTC ms. */
  readonly from: number;
  readonly to: number;
}

/** A device is asked so often at most for results: some never say that they have finished. */
const mostQuestions = 20;
const mostRecordings = 256;
const betweenMs = 250;

/** Every recording with pictures that the device keeps (FindRecordings). Throws `SoapError`. */
export async function askRecordings(
  client: SoapClient,
  path: string,
  clock: Clock,
  signal?: AbortSignal,
): Promise<readonly KeptRecording[]> {
  const ask = (name: string, content: string): Promise<XmlElement> =>
    client.call({
      path,
      body: `<e:${name} xmlns:e="${search}">${content}</e:${name}>`,
      action: `${search}/${name}`,
      access: "login",
      signal,
    });
  const begun = await ask(
    "FindRecordings",
    `<e:Scope/><e:MaxMatches>${mostRecordings}</e:MaxMatches><e:KeepAliveTime>PT30S</e:KeepAliveTime>`,
  );
  const token = textAt(begun, "SearchToken") ?? "";
  if (token === "")
    throw new SoapError({ reason: "garbage", words: "the device told no token of its search" });
  const mine = `<e:SearchToken>${escapeXml(token)}</e:SearchToken>`;
  const found = new Map<string, KeptRecording>();
  for (let asked = 0; asked < mostQuestions && found.size < mostRecordings; asked += 1) {
    const reply = await ask(
      "GetRecordingSearchResults",
      `${mine}<e:MinResults>1</e:MinResults><e:MaxResults>64</e:MaxResults><e:WaitTime>PT2S</e:WaitTime>`,
    );
    const list = at(reply, "ResultList");
    const news = all(list ?? reply, "RecordingInformation").flatMap(readRecording);
    for (const recording of news) found.set(recording.token, recording);
    if (/^completed$/i.test(textAt(list, "SearchState") ?? "")) return [...found.values()];
    if (news.length === 0) await clock.sleep(betweenMs, signal);
  }
  // It did not say that it has finished, so that the search is still open there.
  await ask("EndSearch", mine).catch((error: unknown) => {
    if (!(error instanceof SoapError)) throw error;
  });
  return [...found.values()];
}

/** The RTSP address at which a recording is played, as the device gives it. Throws `SoapError`. */
export async function askReplayUri(
  client: SoapClient,
  path: string,
  recordingToken: string,
  signal?: AbortSignal,
): Promise<string> {
  const setup =
    `<e:StreamSetup><t:Stream xmlns:t="${schema}">RTP-Unicast</t:Stream>` +
    `<t:Transport xmlns:t="${schema}"><t:Protocol>RTSP</t:Protocol></t:Transport></e:StreamSetup>`;
  const reply = await client.call({
    path,
    body: `<e:GetReplayUri xmlns:e="${replay}">${setup}<e:RecordingToken>${escapeXml(recordingToken)}</e:RecordingToken></e:GetReplayUri>`,
    action: `${replay}/GetReplayUri`,
    access: "login",
    signal,
  });
  return textAt(reply, "Uri") ?? "";
}

/** A recording with a picture track and a span that makes sense; anything else is left out. */
export function readRecording(element: XmlElement): readonly KeptRecording[] {
  const token = textAt(element, "RecordingToken") ?? "";
  if (token === "" || token.length > 256) return [];
  const pictures = all(element, "Track").filter((track) => /^video$/i.test(textAt(track, "TrackType") ?? ""));
  const instants = (name: string, fallback: string): number[] =>
    [...pictures.map((track) => textAt(track, name)), textAt(element, fallback)]
      .map((text) => (text !== undefined && /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : Number.NaN))
      .filter((value) => value >= 0);
  const from = Math.min(...instants("DataFrom", "EarliestRecording"));
  const to = Math.max(...instants("DataTo", "LatestRecording"));
  if (pictures.length === 0 || !Number.isFinite(from) || !Number.isFinite(to) || to <= from) return [];
  return [{ token, sourceId: (textAt(element, "Source", "SourceId") ?? "").slice(0, 256), from, to }];
}
