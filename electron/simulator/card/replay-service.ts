import { urlHost } from "../addresses.ts";
import { forAdministrators, forUsers, open, type OnvifService } from "../onvif/operation.ts";
import { invalidArgument } from "../onvif/soap.ts";
import { namespaces } from "../xml/namespaces.ts";
import { textAt } from "../xml/read-xml.ts";
import { xml } from "../xml/write-xml.ts";
import { sourceOfRecording } from "./search-service.ts";

/** What the card holds of a live path is replayed under this folder: `/replay/main`. */
export const replayFolder = "/replay";

/** The Replay service (ONVIF Replay Control specification): where a recording is played. */
export const replayService: OnvifService = {
  name: "replay",
  prefix: "trp",
  namespace: namespaces.trp,
  path: "/onvif/replay_service",
  version: { major: 2, minor: 2 },
  operations: new Map(
    Object.entries({
      GetServiceCapabilities: open(
        () =>
          xml`<trp:GetServiceCapabilitiesResponse><trp:Capabilities ReversePlayback="false" SessionTimeoutRange="1 60" RTP_RTSP_TCP="true"/></trp:GetServiceCapabilitiesResponse>`,
      ),
      GetReplayUri: forUsers(({ device, body }) => {
        const source = device.parts.sources[sourceOfRecording(device, textAt(body, "RecordingToken"))];
        if (source === undefined) throw invalidArgument("NoRecording", "No such recording");
        const { host, rtspPort } = device.parts.address;
        const uri = `rtsp://${urlHost(host)}:${String(rtspPort)}${replayFolder}${source.mainPath}`;
        return xml`<trp:GetReplayUriResponse><trp:Uri>${uri}</trp:Uri></trp:GetReplayUriResponse>`;
      }),
      GetReplayConfiguration: forUsers(
        () =>
          xml`<trp:GetReplayConfigurationResponse><trp:Configuration><tt:SessionTimeout>PT60S</tt:SessionTimeout></trp:Configuration></trp:GetReplayConfigurationResponse>`,
      ),
      SetReplayConfiguration: forAdministrators(
        () => xml`<trp:SetReplayConfigurationResponse></trp:SetReplayConfigurationResponse>`,
      ),
    }),
  ),
};
