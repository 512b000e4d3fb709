import { randomUUID } from "node:crypto";
import type { DeviceModel } from "../device-model.ts";
import { forUsers, open, type OnvifService } from "../onvif/operation.ts";
import { invalidArgument } from "../onvif/soap.ts";
import { durationMs } from "../onvif/time-text.ts";
import { namespaces } from "../xml/namespaces.ts";
import { childrenNamed, descend, textAt, type XmlElement } from "../xml/read-xml.ts";
import { rawXml, xml, type Xml } from "../xml/write-xml.ts";
import type { MemoryCard } from "./memory-card.ts";

/** Searches that are under way at most, and how long one lives that nobody asks for. */
const mostSearches = 8;
const longestKeepMs = 60_000;

interface Search {
  waiting: number[];
  endsAt: number;
  readonly keepMs: number;
}

/** `Recording_1` for the first source. */
export const recordingToken = (sourceIndex: number): string => `Recording_${String(sourceIndex + 1)}`;

/** The source whose recording a token names. @throws SoapFault ter:NoRecording */
export function sourceOfRecording(device: DeviceModel, token: string | undefined): number {
  const index = device.parts.sources.findIndex((_, at) => recordingToken(at) === token);
  if (index < 0) throw invalidArgument("NoRecording", "No such recording");
  return index;
}

/** An instant of true time as the camera's own clock shows it, with its milliseconds. */
const cameraTime = (device: DeviceModel, card: MemoryCard, at: number): string =>
  new Date(at + device.parts.clock.now() - card.now()).toISOString();

/** The Recording Search service (ONVIF Recording Search specification) over a memory card. */
export function searchService(card: MemoryCard): OnvifService {
  const searches = new Map<string, Search>();
  const find = (token: string | undefined): Search => {
    const search = searches.get(token ?? "");
    if (search === undefined || search.endsAt < card.now()) {
      searches.delete(token ?? "");
      throw invalidArgument("InvalidToken", "No such search");
    }
    search.endsAt = card.now() + search.keepMs;
    return search;
  };
  return {
    name: "search",
    prefix: "tse",
    namespace: namespaces.tse,
    path: "/onvif/search_service",
    version: { major: 2, minor: 5 },
    operations: new Map(
      Object.entries({
        GetServiceCapabilities: open(
          () =>
            xml`<tse:GetServiceCapabilitiesResponse><tse:Capabilities MetadataSearch="false" GeneralStartEvents="false"/></tse:GetServiceCapabilitiesResponse>`,
        ),
        GetRecordingSummary: forUsers(
          ({ device }) =>
            xml`<tse:GetRecordingSummaryResponse><tse:Summary><tt:DataFrom>${cameraTime(device, card, card.earliestAt)}</tt:DataFrom><tt:DataUntil>${cameraTime(device, card, card.now())}</tt:DataUntil><tt:NumberRecordings>${device.parts.sources.length}</tt:NumberRecordings></tse:Summary></tse:GetRecordingSummaryResponse>`,
        ),
        GetRecordingInformation: forUsers(({ device, body }) => {
          const index = sourceOfRecording(device, textAt(body, "RecordingToken"));
          return xml`<tse:GetRecordingInformationResponse>${recording(device, card, index, "tse:RecordingInformation")}</tse:GetRecordingInformationResponse>`;
        }),
        FindRecordings: forUsers(({ device, body }) => {
          for (const [token, { endsAt }] of searches) if (endsAt < card.now()) searches.delete(token);
          if (searches.size >= mostSearches) throw invalidArgument("ResourceProblem", "Too many searches");
          const keepMs = durationMs(textAt(body, "KeepAliveTime") ?? "") ?? longestKeepMs;
          const most = Number(textAt(body, "MaxMatches") ?? device.parts.sources.length);
          const waiting = inScope(device, descend(body, "Scope")).slice(0, most);
          const token = randomUUID();
          searches.set(token, {
            waiting,
            keepMs: Math.min(keepMs, longestKeepMs),
            endsAt: card.now() + Math.min(keepMs, longestKeepMs),
          });
          return xml`<tse:FindRecordingsResponse><tse:SearchToken>${token}</tse:SearchToken></tse:FindRecordingsResponse>`;
        }),
        GetRecordingSearchResults: forUsers(({ device, body }) => {
          const search = find(textAt(body, "SearchToken"));
          const most = Number(textAt(body, "MaxResults") ?? search.waiting.length);
          const results = search.waiting.splice(0, Math.max(1, most));
          const state = search.waiting.length === 0 ? "Completed" : "Searching";
          return xml`<tse:GetRecordingSearchResultsResponse><tse:ResultList><tt:SearchState>${state}</tt:SearchState>${results.map((index) => recording(device, card, index, "tt:RecordingInformation"))}</tse:ResultList></tse:GetRecordingSearchResultsResponse>`;
        }),
        EndSearch: forUsers(({ device, body }) => {
          const token = textAt(body, "SearchToken");
          find(token);
          searches.delete(token ?? "");
          return xml`<tse:EndSearchResponse><tse:Endpoint>${cameraTime(device, card, card.now())}</tse:Endpoint></tse:EndSearchResponse>`;
        }),
      }),
    ),
  };
}

/** Sources whose recordings a search scope lets in. */
function inScope(device: DeviceModel, scope: XmlElement | undefined): number[] {
  const recordings = scope === undefined ? [] : childrenNamed(scope, "IncludedRecordings");
  const sources = scope === undefined ? [] : childrenNamed(scope, "IncludedSources");
  const tokens = new Set(recordings.map((element) => element.text.trim()));
  const names = new Set(sources.map((element) => textAt(element, "Token") ?? ""));
  return device.parts.sources.flatMap(({ token }, index) => {
    const isWanted =
      (tokens.size === 0 || tokens.has(recordingToken(index))) && (names.size === 0 || names.has(token));
    return isWanted ? [index] : [];
  });
}

function recording(device: DeviceModel, card: MemoryCard, index: number, element: string): Xml {
  const name = rawXml(element);
  const source = device.parts.sources[index];
  const from = cameraTime(device, card, card.earliestAt);
  const to = cameraTime(device, card, card.now());
  return xml`<${name}><tt:RecordingToken>${recordingToken(index)}</tt:RecordingToken><tt:Source><tt:SourceId>${source?.token}</tt:SourceId><tt:Name>${device.parts.name}</tt:Name><tt:Location>${device.parts.spec.location ?? "Site"}</tt:Location><tt:Description>Memory card</tt:Description><tt:Address>${device.httpOrigin}</tt:Address></tt:Source><tt:EarliestRecording>${from}</tt:EarliestRecording><tt:LatestRecording>${to}</tt:LatestRecording><tt:Content>Pictures</tt:Content><tt:Track><tt:TrackToken>Video_1</tt:TrackToken><tt:TrackType>Video</tt:TrackType><tt:Description>Main stream</tt:Description><tt:DataFrom>${from}</tt:DataFrom><tt:DataTo>${to}</tt:DataTo></tt:Track><tt:RecordingStatus>Recording</tt:RecordingStatus></${name}>`;
}
